// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loopthread.h"

namespace coroscope {

LoopThread::LoopThread(LoopOptions options, QObject *parent)
    : QThread(parent)
    , m_options(std::move(options))
{
    setObjectName(m_options.name);
}

LoopThread::~LoopThread() { stop(); }

void LoopThread::startAndWait()
{
    if (isRunning())
        return;
    start();
    m_running.acquire();
}

void LoopThread::run()
{
    Loop loop(m_options);
    m_inbox = loop.inbox();
    m_id = loop.id();
    m_running.release();
    exec();
}

void LoopThread::stop()
{
    if (!isRunning())
        return;
    post([this] { quit(); });
    wait();
    m_inbox.reset();
}

bool LoopThread::post(std::function<void()> function)
{
    return m_inbox && m_inbox->post(std::move(function));
}

} // namespace coroscope
