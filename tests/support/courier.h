// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <mutex>
#include <thread>

namespace coroscope::test {

/// A thread that resumes what is handed to it.
class Courier
{
public:
    Courier()
        : m_thread([this] { run(); })
    { }
    ~Courier()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_over = true;
        }
        m_wake.notify_one();
        m_thread.join();
    }
    void deliver(std::coroutine_handle<> handle)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_parcels.push_back(handle);
        }
        m_wake.notify_one();
    }
    std::thread::id id() const { return m_thread.get_id(); }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wake.wait(lock, [this] { return m_over || !m_parcels.empty(); });
            if (m_parcels.empty())
                return;
            const std::coroutine_handle<> handle = m_parcels.front();
            m_parcels.pop_front();
            lock.unlock();
            handle.resume();
            lock.lock();
        }
    }
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::coroutine_handle<>> m_parcels;
    bool m_over = false;
    std::thread m_thread;
};

struct HopTo
{
    Courier *courier;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { courier->deliver(handle); }
    void await_resume() const noexcept { }
};

} // namespace coroscope::test
