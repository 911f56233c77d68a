// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What the store costs: an event appended, a slice kept, a frame of the timeline asked for, a moment of the
// past, a flame graph and latencies of a stretch.
#include "core/model/eventtimes.h"
#include "core/model/flamegraph.h"
#include "core/model/latency.h"
#include "core/model/moment.h"
#include "tests/support/cputime.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace coroscope;
using namespace coroscope::model;
using namespace std::chrono_literals;
using trace::Cause;
using trace::EventType;
using trace::WaitKind;

namespace {

constexpr int lanes = 40;
constexpr int pixels = 1600;

double rssMb()
{
    QFile file("/proc/self/statm");
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

void print(const char *name, std::size_t n, const char *unit, double value)
{
    std::printf(R"({"case":"%s","system":"coroscope","n":%zu,"%s":%.9g,"rss_mb":%.1f})"
                "\n",
                name, n, unit, value, rssMb());
    std::fflush(stdout);
}

/// Processor time of this thread: what other programs do at the time doesn't count.
double cpuSeconds() { return std::chrono::duration<double>(tests::threadCpuTime()).count(); }

template<class F>
double secondsOf(F f)
{
    const double begin = cpuSeconds();
    f();
    return cpuSeconds() - begin;
}

template<class F>
double medianOf(int runs, F f)
{
    std::vector<double> seconds;
    for (int i = 0; i < runs; ++i)
        seconds.push_back(secondsOf(f));
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
}

/// Tasks that take turns on one thread: each slice is three events.
std::vector<TraceEvent> eventsOf(std::size_t slices, LocationId site)
{
    std::mt19937 random(1);
    std::vector<TraceEvent> events;
    events.reserve(slices * 3 + lanes);
    Time time {};
    const auto put = [&](std::uint32_t task, EventType type, Cause cause, std::uint16_t kind, std::uint64_t a,
                         std::uint64_t b) {
        events.push_back({time, ThreadId {1}, task, type, cause, kind, a, b, {}});
    };
    for (std::uint32_t id = 1; id <= lanes; ++id) {
        put(id, EventType::Created, Cause::None, 1, 0, site.value);
        put(id, EventType::Ready, Cause::Start, 0, 0, 0);
    }
    for (std::size_t i = 0; i < slices; ++i) {
        const std::uint32_t id = 1 + random() % lanes;
        time += Time {1000 + random() % 50'000};
        if (i >= lanes)
            put(id, EventType::Ready, Cause::Timer, 0, 0, 0);
        time += Time {500 + random() % 5000};
        put(id, EventType::Resumed, Cause::Timer, 0, 0, 0);
        time += Time {1000 + random() % 80'000};
        put(id, EventType::Suspended, Cause::None, std::uint16_t(WaitKind::Sleep), 1'000'000, site.value);
    }
    return events;
}

template<class T>
void readAll(T reading, const TraceStore &store)
{
    while (!reading.read(store, 2'000)) { }
}

/// Flame graphs and latencies of a hundredth of a session, of what a playhead brings in a frame (it plays a
/// session of ten seconds), and of all.
void measureStretches(const TraceStore &store, std::size_t slices)
{
    const Time end = store.now();
    const Stretch hundredth {end / 2, end / 2 + end / 100};
    print("flame graph of 1 %", slices, "seconds",
          medianOf(21, [&] { readAll(FlameGraph({}, hundredth), store); }));
    print("flame graph of one task, 1 %", slices, "seconds",
          medianOf(21, [&] { readAll(FlameGraph(TaskId {7}, hundredth), store); }));
    print("latencies of 1 %", slices, "seconds", medianOf(21, [&] { readAll(Latency(hundredth), store); }));
    FlameGraph played({}, {Time::min(), end / 2});
    print("flame graph of half the session", slices, "seconds", secondsOf([&] {
              while (!played.read(store, 2'000)) { }
          }));
    Time to = end / 2;
    print("flame graph, a frame further", slices, "seconds", medianOf(21, [&] {
              played.extendTo(to += end / 600);
              while (!played.read(store, 2'000)) { }
          }));
    print("flame graph of all", slices, "seconds", secondsOf([&] { readAll(FlameGraph(), store); }));
    print("latencies of all", slices, "seconds", secondsOf([&] { readAll(Latency(), store); }));
}

void measure(std::size_t slices)
{
    double append = 0;
    TraceStore store;
    const LocationId site = store.addLocation({"download(DownloadSpec)", "core/tasks/download.cpp", 131});
    {
        const auto events = eventsOf(slices, site);
        const std::uint64_t before = store.figures().memoryBytes;
        append = secondsOf([&] {
            for (const TraceEvent &event : events)
                store.append(event);
            store.commit(events.back().time);
        });
        print("store append", slices, "ns_per_op", append * 1e9 / double(events.size()));
        print("store bytes a slice", slices, "bytes",
              double(store.figures().memoryBytes - before) / double(slices));
        if (store.figures().breaches)
            std::fprintf(stderr, "%llu breaches\n", (unsigned long long)store.figures().breaches);
    }
    const Time end = store.now();
    std::vector<LaneSpan> spans;
    for (const int zoom : {1, 10, 100, 1000}) {
        const Time length = end / zoom;
        std::size_t count = 0;
        const double seconds = medianOf(21, [&] {
            spans.clear();
            for (std::uint32_t id = 1; id <= lanes; ++id)
                store.spans(TaskId {id}, end - length, end, std::max(length / pixels, Time {1}), spans);
            count = spans.size();
        });
        const auto name = QByteArray("spans of 40 lanes, 1600 px, zoom ") + QByteArray::number(zoom);
        print(name.constData(), slices, "seconds", seconds);
        print((name + ", spans").constData(), slices, "spans", double(count));
    }
    print("minimap of 800 parts", slices, "seconds",
          medianOf(21, [&] { (void)store.utilization(0ns, end, 800); }));
    print("busy time of 40 lanes", slices, "seconds", medianOf(21, [&] {
              for (std::uint32_t id = 1; id <= lanes; ++id)
                  (void)store.busyIn(TaskId {id}, end / 3, end / 2);
          }));
    measureStretches(store, slices);
}

/// One lane with all the slices.
void measureOneLane(std::size_t slices)
{
    TraceStore store;
    Time time {};
    store.append({time, ThreadId {1}, 1, EventType::Created, {}, 1, 0, 0, {}});
    for (std::size_t i = 0; i < slices; ++i) {
        time += 700ns;
        store.append({time, ThreadId {1}, 1, EventType::Resumed, Cause::Yield, 0, 0, 0, {}});
        time += 300ns;
        store.append(
            {time, ThreadId {1}, 1, EventType::Suspended, {}, std::uint16_t(WaitKind::Yield), 0, 0, {}});
    }
    store.commit(time);
    std::vector<LaneSpan> spans;
    print("spans of one lane, 1600 px", slices, "seconds", medianOf(21, [&] {
              spans.clear();
              store.spans(TaskId {1}, 0ns, time, time / pixels, spans);
          }));
    print("slice statistics, first", slices, "seconds",
          secondsOf([&] { (void)store.sliceStatistics(TaskId {1}); }));
    print("slice statistics, again", slices, "seconds",
          medianOf(21, [&] { (void)store.sliceStatistics(TaskId {1}); }));
}

/// A past moment of many tasks of ten slices each, a fifth of which are under way at a time.
void measureMoment(std::uint32_t tasks)
{
    TraceStore store;
    struct Turn
    {
        Time time;
        std::uint32_t task;
        int slice;
    };
    constexpr int slices = 10;
    std::vector<Turn> turns;
    for (std::uint32_t id = 1; id <= tasks; ++id) {
        for (int i = 0; i < slices; ++i)
            turns.push_back({Time {id * 10'000ll + i * (tasks * 200ll + 1'000)}, id, i});
    }
    std::ranges::sort(turns, {}, [](const Turn &turn) { return std::pair(turn.time, turn.task); });
    const auto put = [&](Time time, std::uint32_t task, EventType type, std::uint16_t kind) {
        store.append({time, ThreadId {1}, task, type, Cause::None, kind, 1'000'000, 0, {}});
    };
    for (const Turn &turn : turns) {
        if (turn.slice == 0)
            store.append({turn.time, ThreadId {1}, turn.task, EventType::Created, {}, 1, 0, 0, {}});
        store.append({turn.time, ThreadId {1}, turn.task, EventType::Resumed, Cause::Timer, 0, 0, 0, {}});
        if (turn.slice + 1 < slices)
            put(turn.time + Time {500}, turn.task, EventType::Suspended, std::uint16_t(WaitKind::Sleep));
        else
            put(turn.time + Time {500}, turn.task, EventType::Finished, 0);
    }
    store.commit(turns.back().time + 1ms);
    const Time middle = store.now() / 2;
    print("moment: state of a task", tasks, "ns_per_op", 1e9 / tasks * medianOf(11, [&] {
                                                             const Moment moment(store, middle);
                                                             for (std::uint32_t id = 1; id <= tasks; ++id)
                                                                 (void)moment.standing(TaskId {id});
                                                         }));
    print("moment: all of a task", tasks, "ns_per_op", 1e9 / tasks * medianOf(11, [&] {
                                                           const Moment moment(store, middle);
                                                           for (std::uint32_t id = 1; id <= tasks; ++id)
                                                               (void)moment.task(TaskId {id});
                                                       }));
    print("moment: done and pending", tasks, "seconds",
          medianOf(11, [&] { (void)Moment(store, middle).membership(); }));
    print("moment: who awaits whom", tasks, "seconds",
          medianOf(11, [&] { (void)Moment(store, middle).awaiters(TaskId {1}); }));
    print("moment: next event", tasks, "seconds", medianOf(11, [&] { (void)nextEvent(store, middle); }));
}

/// The same, with most of it forgotten on the way: what that costs an event.
void measureForgetting(std::size_t slices)
{
    const auto events = eventsOf(slices, LocationId {1});
    for (const bool isLimited : {false, true}) {
        TraceStore store;
        if (isLimited)
            store.setRetention({.time = {}, .events = {}, .memoryBytes = 16'000'000});
        double longest = 0;
        const double seconds = secondsOf([&] {
            for (std::size_t i = 0; i < events.size(); ++i) {
                store.append(events[i]);
                if (i % 16'000 == 0)
                    longest = std::max(longest, secondsOf([&] { store.commit(events[i].time); }));
            }
        });
        print(isLimited ? "store append, 16 MB kept" : "store append, all kept", slices, "ns_per_op",
              seconds * 1e9 / double(events.size()));
        print(isLimited ? "longest commit, 16 MB kept" : "longest commit, all kept", slices, "seconds",
              longest);
    }
}

} // namespace

int main()
{
    // Ten thousand, a million, ten million events: a slice is three.
    for (const std::size_t slices : {std::size_t(3'333), std::size_t(333'333), std::size_t(3'333'333)})
        measure(slices);
    for (const std::size_t slices : {std::size_t(5'000), std::size_t(5'000'000)})
        measureOneLane(slices);
    measureForgetting(5'000'000);
    measureMoment(100'000);
}
