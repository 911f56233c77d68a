// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"

namespace coroscope {

/// `co_await yield()`: to the end of the ready queue; everything that is ready now runs first.
class [[nodiscard]] Yield final : public Leaf
{
public:
    trace::WaitNote traceNote() const { return {trace::WaitKind::Yield, 0}; }
    bool await_ready() const noexcept { return false; }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (!enter(waiting))
            return;
        // No Ready event: a task that yields is ready by what it waits for.
        cause = trace::Cause::Yield;
        loop()->schedule(*this);
    }
    void await_resume() { leave(); }
};

inline Yield yield() { return {}; }

} // namespace coroscope
