// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What an event costs on each event loop: Qt's on GLib, Qt's on poll(), ours on libuv, in one run. One JSON
// object a line: {"case","system","n","cpu_us_per_op"}, n being the idle sockets or the timers that are
// there besides; at the end the medians and their ratios, Qt's to ours (more than 1: ours is faster).
//
//     bench_dispatch [--quick]        # without the largest numbers, which take Qt's loops a minute

#include "core/dispatch/loopkind.h"
#include "tests/support/cputime.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace coroscope::dispatch;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

/// The processor time of this thread, in microseconds: what else runs on the machine doesn't count.
double now() { return std::chrono::duration<double, std::micro>(coroscope::tests::threadCpuTime()).count(); }

std::map<std::string, std::map<std::string, std::vector<double>>> results; // by case and n, by system

void note(const char *name, const std::string &system, int n, double us)
{
    std::printf("{\"case\":\"%s\",\"system\":\"%s\",\"n\":%d,\"cpu_us_per_op\":%.3f}\n", name, system.c_str(),
                n, us);
    results[std::string(name) + '/' + std::to_string(n)][system].push_back(us);
}

struct Pair
{
    Pair()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) {
            std::fprintf(stderr, "no more sockets: %s\n", std::strerror(errno));
            std::exit(1);
        }
    }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;
    ~Pair()
    {
        close(ends[0]);
        close(ends[1]);
    }
    int ends[2];
};

/// A byte goes to and fro between two sockets, beside `idle` others that are watched.
void socketEvents(const std::string &system, int idle, Clock::duration length)
{
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    for (int i = 0; i < idle; ++i) {
        if (i % 2 == 0)
            pairs.push_back(std::make_unique<Pair>());
        notifiers.push_back(
            std::make_unique<QSocketNotifier>(pairs.back()->ends[i % 2], QSocketNotifier::Read));
    }
    const Pair pair;
    QEventLoop events;
    long count = 0;
    auto begin = Clock::now();
    const auto pass = [&](int from, int to) {
        char byte = 0;
        if (read(from, &byte, 1) != 1)
            return;
        if (++count % 16 == 0 && Clock::now() - begin > length)
            events.quit();
        else if (write(to, "x", 1) != 1)
            std::abort();
    };
    QSocketNotifier near(pair.ends[0], QSocketNotifier::Read);
    QSocketNotifier far(pair.ends[1], QSocketNotifier::Read);
    QObject::connect(&near, &QSocketNotifier::activated, [&] { pass(pair.ends[0], pair.ends[0]); });
    QObject::connect(&far, &QSocketNotifier::activated, [&] { pass(pair.ends[1], pair.ends[1]); });
    QCoreApplication::processEvents();
    begin = Clock::now();
    const double start = now();
    if (write(pair.ends[0], "x", 1) != 1)
        std::abort();
    events.exec();
    note("socket event", system, idle, (now() - start) / double(count));
}

class Timers : public QObject
{
public:
    long *left = nullptr;
    QEventLoop *events = nullptr;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        killTimer(event->timerId());
        if (--*left == 0)
            events->quit();
    }
};

/// Arms `n` timers of random intervals, stops some of them, and lets the rest fire.
void timers(const std::string &system, int n)
{
    std::mt19937 random(1);
    QEventLoop events;
    std::vector<int> ids;
    ids.reserve(std::size_t(n));
    // Among n others that don't fire.
    {
        std::vector<Timers> others(static_cast<std::size_t>(n)); // each with one, as a QTimer
        const double start = now();
        for (Timers &other : others)
            ids.push_back(other.startTimer(3'600'000 + int(random() % 3'600'000), Qt::PreciseTimer));
        note("timer, arm", system, n, (now() - start) / n);
        std::vector<std::size_t> order(others.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::shuffle(order, random);
        const int stopped = std::min(n, 1000);
        const double stop = now();
        for (int i = 0; i < stopped; ++i)
            others[order[std::size_t(i)]].killTimer(ids[order[std::size_t(i)]]);
        note("timer, cancel", system, n, (now() - stop) / stopped);
    }
    std::vector<Timers> firing(static_cast<std::size_t>(n));
    long left = n;
    for (Timers &timer : firing) {
        timer.left = &left;
        timer.events = &events;
        timer.startTimer(50 + int(random() % 200), Qt::PreciseTimer);
    }
    const double start = now();
    events.exec();
    note("timer, fire and stop", system, n, (now() - start) / n);
}

/// An event is posted from the thread itself, and the next when it has come.
void postedEvents(const std::string &system)
{
    class Poster : public QObject
    {
    public:
        QEventLoop events;
        long left = 100'000;

        bool event(QEvent *event) override
        {
            if (event->type() != QEvent::User)
                return QObject::event(event);
            if (--left == 0)
                events.quit();
            else
                QCoreApplication::postEvent(this, new QEvent(QEvent::User));
            return true;
        }
    } poster;
    const long count = poster.left;
    QCoreApplication::postEvent(&poster, new QEvent(QEvent::User));
    const double start = now();
    poster.events.exec();
    note("posted event", system, 0, (now() - start) / double(count));
}

/// Each case has a loop of its own: Qt's on poll() stays slow after it has once had many sockets.
void onLoop(LoopKind kind, const std::function<void(const std::string &system)> &function)
{
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        if (kindOf(*QAbstractEventDispatcher::instance()) != kind)
            std::abort();
        function(nameOf(kind).toStdString());
    }));
    if (auto dispatcher = makeDispatcher(kind))
        thread->setEventDispatcher(dispatcher.release());
    thread->start();
    thread->wait();
}

void measure(LoopKind kind, bool isQuick)
{
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
        onLoop(kind, postedEvents);
        for (const int idle : {0, 10, 100, 1000, 5000, 10'000})
            onLoop(kind, [idle](const std::string &system) { socketEvents(system, idle, 300ms); });
        for (const int n : {100, 1000, 10'000, 100'000}) {
            if (n <= 10'000 || (!isQuick && round == 0)) // Qt's take a minute for the most
                onLoop(kind, [n](const std::string &system) { timers(system, n); });
        }
    }
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    rlimit files {};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    for (const LoopKind kind : availableLoops())
        measure(kind, QCoreApplication::arguments().contains(QLatin1String("--quick")));
    for (const auto &[name, systems] : results) {
        std::printf("{\"medians_cpu_us\":\"%s\"", name.c_str());
        for (const auto &[system, values] : systems)
            std::printf(",\"%s\":%.3f", system.c_str(), median(values));
        const auto ours = systems.find("uv");
        for (const auto &[system, values] : systems) {
            if (ours != systems.end() && system != "uv")
                std::printf(",\"%s/uv\":%.1f", system.c_str(), median(values) / median(ours->second));
        }
        std::printf("}\n");
    }
    return 0;
}
