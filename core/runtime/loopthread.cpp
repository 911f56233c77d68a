// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loopthread.h"

#include <QAbstractEventDispatcher>

#include <csignal>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

namespace coroscope {

namespace {

/// QThread::wait() returns before the thread has run the destructors of its thread-local data. Those of
/// OpenSSL (which libmariadb and libcurl bring) crash if the program's end overtakes them, so that has to be
/// waited for.
void waitForEnd(pid_t thread)
{
    using namespace std::chrono_literals;
    const auto limit = std::chrono::steady_clock::now() + 1s;
    while (::syscall(SYS_tgkill, ::getpid(), thread, 0) == 0 && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(20us);
}

} // namespace

LoopThread::LoopThread(LoopOptions options, dispatch::LoopKind kind, QObject *parent)
    : QThread(parent)
    , m_options(std::move(options))
    , m_kind(kind)
{
    setObjectName(m_options.name);
}

LoopThread::~LoopThread() { stop(); }

void LoopThread::startAndWait()
{
    if (isRunning())
        return;
    if (auto dispatcher = dispatch::makeDispatcher(m_kind))
        setEventDispatcher(dispatcher.release()); // the thread owns it, and deletes it at its end
    start();
    m_running.acquire();
}

void LoopThread::run()
{
    Loop loop(m_options);
    m_inbox = loop.inbox();
    m_id = loop.id();
    m_thread = pid_t(::syscall(SYS_gettid));
    m_running.release();
    exec();
}

void LoopThread::stop()
{
    if (!isRunning())
        return;
    post([this] { quit(); });
    wait();
    waitForEnd(m_thread);
    m_inbox.reset();
}

bool LoopThread::post(std::function<void()> function)
{
    return m_inbox && m_inbox->post(std::move(function));
}

} // namespace coroscope
