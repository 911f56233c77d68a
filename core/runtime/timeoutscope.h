// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/cancelscope.h"
#include "core/runtime/errors.h"
#include "core/runtime/loop.h"
#include "core/trace/instrument.h"

#include <chrono>
#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace coroscope {

/// A time limit for a stretch of a coroutine, as `async with asyncio.timeout(…)`, within the same task:
///
///     TimeoutScope limit(5s);
///     try {
///         …
///     } catch (const CancelledError &) {
///         limit.rethrow();
///     }
///
/// When the time is up the stretch is cancelled where it waits. rethrow() turns that CancelledError, and no
/// other, into TimeoutError: not one that somebody else asked for (the task's cancel()), nor that of a scope
/// around this one. Left without a CancelledError, a scope whose time was up throws nothing. It must live in
/// the coroutine's frame, on its loop's thread. withTimeout() writes all this for a function.
class TimeoutScope final : TimerNode
{
public:
    /// No limit means no time limit until reschedule(). Throws std::logic_error outside of a coroutine or a
    /// thread with a Loop.
    explicit TimeoutScope(std::optional<std::chrono::nanoseconds> limit);
    ~TimeoutScope();
    TimeoutScope(const TimeoutScope &) = delete;
    TimeoutScope &operator=(const TimeoutScope &) = delete;

    /// From now on; nothing happens once the time was up or the scope has ended.
    void reschedule(std::optional<std::chrono::nanoseconds> limit);
    bool isExpired() const noexcept { return m_scope.isCancelled(); }
    /// Ends the scope. True if a CancelledError that came out of it was its own.
    bool leave() noexcept;
    /// To be called inside of a catch for CancelledError: ends the scope and throws TimeoutError, or again
    /// what is being handled.
    [[noreturn]] void rethrow();

private:
    void timeIsUp() noexcept override { m_scope.cancel(); }
    void disarm() noexcept;

    Loop *m_loop;
    CancelScope m_scope;
    bool m_hasLeft = false;
};

/// As `async with asyncio.timeout(limit): return await function(arguments…)`: within the same task, calls and
/// awaits the function, and throws TimeoutError if that was cancelled because the time was up. The function
/// and its arguments are kept until then.
template<class F, class... Args>
    requires std::invocable<F &, Args...>
QCoro::Task<typename std::invoke_result_t<F &, Args...>::value_type>
withTimeout(std::optional<std::chrono::nanoseconds> limit, F function, Args... arguments)
{
    TimeoutScope scope(limit);
    try {
        co_return co_await function(std::move(arguments)...);
    } catch (const CancelledError &) {
        scope.rethrow();
    }
}

} // namespace coroscope
