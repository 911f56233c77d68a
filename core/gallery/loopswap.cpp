// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/loopthread.h"
#include "core/runtime/notifier.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/wait.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QSocketNotifier>

#include <semaphore>

#include <sys/socket.h>
#include <unistd.h>

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

constexpr int sleepers = 1'000;
constexpr int idleSockets = 400;
constexpr int events = 2'000;

struct Figures
{
    double sleeping = 0; ///< milliseconds that all sleepers took, together
    double perEvent = 0; ///< microseconds
};

/// Two ends of a connection, and sockets on which nothing ever happens.
class Sockets
{
public:
    Sockets()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, m_pair) != 0
            || socketpair(AF_UNIX, SOCK_STREAM, 0, m_idle) != 0)
            throw std::runtime_error("no socket can be had");
        for (int i = 0; i < idleSockets; ++i) {
            if (const int copy = dup(m_idle[0]); copy >= 0)
                m_notifiers.push_back(std::make_unique<QSocketNotifier>(copy, QSocketNotifier::Read));
        }
        m_notifiers.push_back(std::make_unique<QSocketNotifier>(m_pair[0], QSocketNotifier::Read));
        QObject::connect(m_notifiers.back().get(), &QSocketNotifier::activated, [this] {
            char byte = 0;
            if (::read(m_pair[0], &byte, 1) == 1)
                m_received.notify();
        });
    }
    ~Sockets()
    {
        while (!m_notifiers.empty()) {
            const auto descriptor = int(m_notifiers.back()->socket());
            m_notifiers.pop_back();
            ::close(descriptor);
        }
        for (const int descriptor : {m_pair[1], m_idle[0], m_idle[1]})
            ::close(descriptor);
    }

    void send() { (void)!::write(m_pair[1], "!", 1); }
    auto received() { return m_received.wait(); }

private:
    int m_pair[2] = {-1, -1};
    int m_idle[2] = {-1, -1};
    std::vector<std::unique_ptr<QSocketNotifier>> m_notifiers;
    Notifier m_received;
};

Task<> napping(std::chrono::nanoseconds duration) { co_await sleep(duration); }

/// The program: the same on every loop, and unchanged for it.
Task<Figures> program(std::chrono::nanoseconds nap)
{
    Figures figures;
    QElapsedTimer clock;
    clock.start();
    std::vector<AnyTask> tasks;
    for (int i = 0; i < sleepers; ++i)
        tasks.push_back(spawn("sleeper", napping, nap));
    co_await wait(tasks);
    figures.sleeping = double(clock.nsecsElapsed()) / 1e6;

    Sockets sockets;
    clock.restart();
    for (int i = 0; i < events; ++i) {
        sockets.send();
        co_await sockets.received();
    }
    figures.perEvent = double(clock.nsecsElapsed()) / 1e3 / events;
    co_return figures;
}

/// A loop made by hand, on a thread of its own; blocks the calling thread until the program has run on it.
Figures runOn(dispatch::LoopKind kind, std::chrono::nanoseconds nap)
{
    LoopThread thread({.name = "loop " + dispatch::nameOf(kind), .tracing = Tracing::Off}, kind);
    thread.startAndWait();
    Figures figures;
    std::exception_ptr error;
    std::binary_semaphore ended(0);
    thread.post([&] {
        const auto task = spawn("program", program, nap);
        task.onDone([&, task] {
            error = task.error();
            if (!error)
                figures = task.result();
            ended.release();
        });
    });
    ended.acquire();
    if (error)
        std::rethrow_exception(error);
    return figures;
}

} // namespace

Task<> coroscope::gallery::runLoopSwap(Stage stage)
{
    stage.print(QStringLiteral("loop     %1 sleeps   an event beside %2 idle sockets")
                    .arg(sleepers)
                    .arg(idleSockets));
    // The loop of this program was chosen when its thread began: coroscope example loop-swap --loop NAME
    const dispatch::LoopKind own = dispatch::kindOf(*QAbstractEventDispatcher::instance());
    for (const dispatch::LoopKind kind : dispatch::availableLoops()) {
        const QString name = dispatch::nameOf(kind);
        const auto job = runInExecutor("on " + name, runOn, kind, stage.scaled(50ms));
        const Figures figures = co_await job;
        stage.print(QStringLiteral("%1 %2 ms   %3 µs%4")
                        .arg(name, -8)
                        .arg(figures.sleeping, 8, 'f', 1)
                        .arg(figures.perEvent, 8, 'f', 1)
                        .arg(kind == own ? QStringLiteral("   (this program's)") : QString()));
    }
}
