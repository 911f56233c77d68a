// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"

#include <QAbstractEventDispatcher>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <fcntl.h>
#include <functional>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace coroscope::test {

inline QAbstractEventDispatcher &dispatcher() { return *QAbstractEventDispatcher::instance(); }

inline bool isGlib() { return dispatch::kindOf(dispatcher()) == dispatch::LoopKind::Glib; }
inline bool isUv() { return dispatch::kindOf(dispatcher()) == dispatch::LoopKind::Uv; }

/// Lets the loop wait for what comes until `isDone` says so; false after ten seconds.
inline bool runUntil(const std::function<bool()> &isDone)
{
    const QDeadlineTimer deadline(std::chrono::seconds(10));
    QTimer guard; // so that a loop that waits for nothing returns
    guard.start(100);
    while (!isDone() && !deadline.hasExpired())
        dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
    return isDone();
}

/// Iterations without waiting, until one finds nothing to do.
inline void settle()
{
    for (int i = 0; i < 100 && dispatcher().processEvents(QEventLoop::AllEvents); ++i) { }
}

/// Two connected sockets, non-blocking; closed with it.
class Pair
{
public:
    Pair()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_ends) != 0)
            qFatal("no sockets");
    }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;
    ~Pair()
    {
        closeNear();
        closeFar();
    }

    int near() const { return m_ends[0]; }
    int far() const { return m_ends[1]; }
    void send() const { QCOMPARE(::write(far(), "x", 1), 1); }
    /// What came, at the near end.
    QByteArray take() const
    {
        char data[64];
        const auto length = ::read(near(), data, sizeof data);
        return {data, length < 0 ? 0 : length};
    }
    void closeNear() { closeEnd(m_ends[0]); }
    void closeFar() { closeEnd(m_ends[1]); }

private:
    static void closeEnd(int &end)
    {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
    int m_ends[2] {-1, -1};
};

} // namespace coroscope::test
