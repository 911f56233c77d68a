// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What a frame of the timeline costs: the whole widget at 1600×900 onto a QImage, as without a GPU. And how
// long the flame graph and the latencies hold it up while a session is played.
#include "tests/support/cputime.h"
#include "ui/flame/flamepane.h"
#include "ui/latency/latencypane.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <thread>
#include <vector>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using trace::Cause;
using trace::EventType;
using trace::WaitKind;

namespace {

constexpr std::uint32_t lanes = 34; // as many as fit
constexpr int frames = 300;

/// Processor time of this thread: what other programs do at the time doesn't count.
double cpuSeconds() { return std::chrono::duration<double>(tests::threadCpuTime()).count(); }

/// Tasks of all kinds that run by turns on one loop, 20 µs a slice.
class Session
{
public:
    model::TraceStore store;

    Session()
    {
        put(1, EventType::Created, Cause::None, std::uint16_t(trace::EntityKind::Loop));
        const char *const kinds[] {"download", "redis", "sleep", "group"};
        for (std::uint32_t id = 2; id < 2 + lanes; ++id) {
            put(id, EventType::Created, Cause::None, std::uint16_t(trace::EntityKind::Spawned));
            const QString kind = QString::fromLatin1(kinds[id % 4]);
            put(id, EventType::Text, Cause::None, std::uint16_t(trace::TextKind::Category),
                std::uint64_t(kind.size()), kind);
            m_what.push_back(store.addString(QStringLiteral("http://127.0.0.1:8080/file%1.bin").arg(id)));
            resume(id, Cause::Start);
        }
        store.commit(m_time);
    }
    model::Time now() const { return m_time; }
    /// Until there are `count` slices more.
    void run(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            resume(2 + std::uint32_t(m_random() % lanes), Cause::Reply);
        store.commit(m_time);
    }

private:
    void resume(std::uint32_t id, Cause cause)
    {
        put(1, EventType::LoopAwake, Cause::None, 0);
        put(id, EventType::Resumed, cause, 0);
        m_time += std::chrono::microseconds(5 + m_random() % 30);
        const bool sleeps = id % 3 == 0;
        put(id, EventType::Suspended, Cause::None, std::uint16_t(sleeps ? WaitKind::Sleep : WaitKind::Reply),
            sleeps ? 2'000'000 : m_what[id - 2].value);
        put(1, EventType::LoopAsleep, Cause::None, 0);
        m_time += std::chrono::microseconds(10 + m_random() % 60);
    }
    void put(std::uint32_t task, EventType type, Cause cause, std::uint16_t kind, std::uint64_t a = 0,
             const QString &text = {})
    {
        store.append({m_time, model::ThreadId {1}, task, type, cause, kind, a, 0, text});
    }

    model::Time m_time {};
    std::minstd_rand m_random {1};
    std::vector<StringId> m_what;
};

void print(const char *name, std::size_t n, const char *unit, double seconds)
{
    std::printf(R"({"case":"timeline frame, %s, %s","system":"coroscope","n":%zu,"seconds":%.6f})"
                "\n",
                name, unit, n, seconds);
    std::fflush(stdout);
}

class Bench
{
public:
    explicit Bench(Session &session)
        : m_session(session)
        , m_image(1600, 900, QImage::Format_RGB32)
    {
        m_view.setClock(LiveClock::Source::Store);
        m_widget.resize(1600, 900);
        m_widget.show();
        QApplication::processEvents();
    }

    /// `between` is what changes from frame to frame; its cost isn't the frame's.
    void measure(const char *name, std::size_t n, const std::function<void(int)> &between)
    {
        std::vector<double> times;
        for (int i = 0; i < frames; ++i) {
            between(i);
            const double begin = cpuSeconds();
            m_view.advance();
            m_widget.render(&m_image);
            times.push_back(cpuSeconds() - begin);
        }
        std::sort(times.begin(), times.end());
        print(name, n, "median", times[times.size() / 2]);
        print(name, n, "p99", times[times.size() * 99 / 100]);
    }
    TimelineView &view() { return m_view; }
    Session &session() { return m_session; }

private:
    Session &m_session;
    QImage m_image;
    Selection m_selection;
    TimelineView m_view {m_session.store, m_selection};
    TimelineWidget m_widget {m_view};
};

/// So long a stretch holds about 10,000 slices.
Time stretchOf(const Session &session, std::size_t slices)
{
    return session.now() / std::int64_t(slices) * 10'000;
}

void measureAt(std::size_t slices)
{
    Session session;
    session.run(slices);
    Bench bench(session);
    const Time stretch = stretchOf(session, slices);
    const Time all = session.now();

    const Time middle = std::max(Time {}, all / 2 - stretch / 2);
    bench.view().setFollowing(false);
    bench.measure("panning over 10,000 slices", slices, [&](int i) {
        const Time by = stretch / 2000 * i;
        bench.view().setRange({middle + by, middle + by + stretch});
    });
    bench.measure("panning over all", slices, [&](int i) {
        const Time by = all / 20'000 * i;
        bench.view().setRange({by, by + all});
    });
    bench.measure("zooming from all to a slice", slices,
                  [&](int i) { bench.view().setRange(zoomed({Time {}, all}, all / 2, std::pow(0.955, i))); });
    bench.view().setRange({all - stretch, all + stretch / 20});
    bench.view().setFollowing(true);
    bench.measure("following live", slices, [&](int) { session.run(200); });
}

/// Tens of thousands of tasks, most of them out of sight.
void measureManyLanes(std::size_t count)
{
    model::TraceStore store;
    Time time {};
    const auto put = [&](std::uint32_t task, EventType type, Cause cause, std::uint16_t kind,
                         std::uint64_t a) {
        store.append({time, model::ThreadId {1}, task, type, cause, kind, a, 0, {}});
    };
    for (std::uint32_t id = 1; id <= count; ++id) {
        put(id, EventType::Created, Cause::None, std::uint16_t(trace::EntityKind::Spawned), 0);
        put(id, EventType::Resumed, Cause::Start, 0, 0);
        time += 5us;
        put(id, EventType::Suspended, Cause::None, std::uint16_t(WaitKind::Sleep), 2'000'000);
        time += 5us;
    }
    store.commit(time);
    QImage image(1600, 900, QImage::Format_RGB32);
    Selection selection;
    TimelineView view(store, selection);
    view.setClock(LiveClock::Source::Store);
    TimelineWidget widget(view);
    widget.resize(1600, 900);
    widget.show();
    QApplication::processEvents();
    view.setFollowing(false);
    view.setRange({Time {}, time});
    const auto measure = [&](const char *name, auto step) {
        std::vector<double> times;
        for (int i = 0; i < frames; ++i) {
            const double begin = cpuSeconds();
            step(i);
            view.advance();
            widget.render(&image);
            times.push_back(cpuSeconds() - begin);
        }
        std::sort(times.begin(), times.end());
        print(name, count, "median", times[times.size() / 2]);
        print(name, count, "p99", times[times.size() * 99 / 100]);
    };
    const int bottom = int(count) * 26 - 800;
    const auto scroll = [&](int i) { view.setScroll(bottom / frames * i); };
    measure("scrolling over many lanes", scroll);
    measure("moving one of many lanes", [&](int) { view.moveLane(TaskId {1}, LaneMove::Down); });
    measure("scrolling over many lanes in an order by hand", scroll);
    auto last = static_cast<std::uint32_t>(count);
    measure("a new lane among many in an order by hand", [&](int) {
        put(++last, EventType::Created, Cause::None, std::uint16_t(trace::EntityKind::Spawned), 0);
        store.commit(time);
    });
}

/// The longest that a pane kept the window from drawing, and what it took in all, in processor time.
struct Load
{
    double longest = 0;
    double sum = 0;

    void spin(std::chrono::milliseconds time)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < time.count()) {
            const double spent = cpuSeconds();
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 1);
            longest = std::max(longest, cpuSeconds() - spent);
            sum += cpuSeconds() - spent;
            std::this_thread::sleep_for(100us);
        }
    }
};

/// A jump to the middle, and two seconds of playing at ten times the speed that ends it in a minute.
template<class Pane>
void measurePlayed(const char *name, std::size_t slices)
{
    Session session;
    session.run(slices);
    Selection selection;
    Pulse pulse(session.store);
    TimelineView view(session.store, selection);
    Pane pane(session.store, pulse, selection, view);
    pane.resize(900, 300);
    pane.show();
    Load all;
    all.spin(3s);
    model::Time time = session.now() / 2;
    pulse.setMoment(time);
    Load jump;
    jump.spin(3s);
    Load played;
    for (int frame = 0; frame < 120; ++frame) {
        pulse.setMoment(time += session.now() / 3600);
        played.spin(16ms);
    }
    const auto tell = [&](const char *what, double seconds) {
        std::printf(R"({"case":"%s pane, %s","system":"coroscope","n":%zu,"seconds":%.6f})"
                    "\n",
                    name, what, slices, seconds);
        std::fflush(stdout);
    };
    tell("longest hold-up by a jump", jump.longest);
    tell("a jump in all", jump.sum);
    tell("longest hold-up while played", played.longest);
    tell("of a frame while played", played.sum / 120);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    applyTheme(app, ThemeChoice::Light);
    // A slice is four events: up to ten million.
    measureAt(10'000);
    measureAt(250'000);
    measureAt(2'500'000);
    measureManyLanes(100);
    measureManyLanes(50'000);
    for (const std::size_t slices : {std::size_t(250'000), std::size_t(2'500'000)}) {
        measurePlayed<FlamePane>("flame", slices);
        measurePlayed<LatencyPane>("latency", slices);
    }
    return 0;
}
