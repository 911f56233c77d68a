// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"

namespace coroscope::net {

class MySqlHandle;

/// What a task waits for, for the trace.
enum class MySqlPhase : std::uint8_t { Connect, Query, Prepare, Execute, Fetch, Tidy, Close };

/// What all calls share. A derived class starts its call in await_ready(), and calls giveUp() in its
/// destructor and finish() first in await_resume().
class MySqlWait : public Leaf
{
public:
    trace::WaitNote traceNote() const;
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            suspend();
    }

protected:
    MySqlWait(MySqlHandle &handle, MySqlPhase phase)
        : m_handle(handle)
        , m_phase(phase)
    { }
    ~MySqlWait() = default;

    /// Runs the call on; what it waits for next, 0 if it has ended.
    virtual int proceed(int events) = 0;
    /// Ends a call under way, and with it the connection. Nothing if it has ended by itself.
    void giveUp() noexcept;
    /// Throws if the call was cancelled or took too long.
    void finish();
    MySqlHandle &handle() const { return m_handle; }

    int m_status = 0; ///< what the call waits for; 0: nothing, it has ended

private:
    friend class MySqlHandle;

    void suspend();
    void goOn(int events);
    void stopWaiting() noexcept override { giveUp(); }
    void timeIsUp() noexcept override;

    MySqlHandle &m_handle;
    MySqlPhase m_phase;
    bool m_timedOut = false;
};

} // namespace coroscope::net
