// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/frame.h"

namespace coroscope {

class TaskStateBase;

/// A stretch of a coroutine that can be cancelled without the rest of its task: what TimeoutScope and
/// TaskGroup are made of. It covers the coroutine that constructs it and whatever that awaits or calls, from
/// the construction to leave(), and must live in that coroutine's frame. Scopes may be nested.
///
/// As asyncio's Task.uncancel(): the CancelledError that leaves the stretch is the scope's own only if nobody
/// else (the task's cancel(), a scope around this one) asked for one meanwhile.
class CancelScope
{
public:
    /// Throws std::logic_error outside of a coroutine.
    CancelScope();
    ~CancelScope() { leave(); }
    CancelScope(const CancelScope &) = delete;
    CancelScope &operator=(const CancelScope &) = delete;

    /// CancelledError is thrown where the stretch waits, at its turn; if it waits for an awaiter that isn't
    /// ours, at its next await of ours. Once a scope; after leave() nothing happens.
    void cancel() noexcept;
    bool isCancelled() const noexcept { return m_isCancelled; }
    /// Ends the stretch; a cancellation that was not delivered yet never is. True if a CancelledError that
    /// came out of it was this scope's alone.
    bool leave() noexcept;

private:
    friend class TaskStateBase;
    bool isInsideOfOneCancelledMeanwhile() const noexcept;

    trace::FrameInfo *m_frame;
    TaskStateBase *m_task; // null in a coroutine that was only called
    CancelScope *m_next = nullptr; // of the task's cancelled scopes
    CancelScope *m_previous = nullptr;
    std::uint64_t m_begun; // numbers that tell what came first
    std::uint64_t m_cancelled = 0;
    int m_requestsBefore = 0;
    bool m_isCancelled = false;
    bool m_isPending = false;
    bool m_hasLeft = false;
};

} // namespace coroscope
