// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace coroscope::tasks {

/// Lets a thread sleep for real, and be woken when the program ends. Any thread.
class StopSignal
{
public:
    /// Blocks the calling thread for that long, or until stop().
    void block(std::chrono::nanoseconds duration)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, duration, [this] { return m_stopped; });
    }
    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_wake.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopped = false;
};

} // namespace coroscope::tasks
