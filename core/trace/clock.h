// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#if defined(__x86_64__) || defined(__i386__)
#    include <x86intrin.h>
#    define COROSCOPE_HAVE_TSC 1
#endif

namespace coroscope::trace {

namespace detail {
extern const bool tscIsUsable;
} // namespace detail

/// The clock of all events: the processor's time-stamp counter where it is invariant (about 10 ns a read),
/// else std::chrono::steady_clock. Any thread.
struct Clock
{
    static std::uint64_t ticks() noexcept
    {
#ifdef COROSCOPE_HAVE_TSC
        if (detail::tscIsUsable) [[likely]]
            return __rdtsc();
#endif
        return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    }

    /// A difference of two readings; may be negative. The first call may wait for up to 10 ms in which the
    /// counter is calibrated against steady_clock (to about 5 parts in a million).
    static std::chrono::nanoseconds toNanoseconds(std::int64_t tickDifference) noexcept;
    static std::int64_t toTicks(std::chrono::nanoseconds duration) noexcept;

    /// The same instant on both clocks, read when the process started.
    struct Anchor
    {
        std::uint64_t ticks;
        std::chrono::system_clock::time_point wall;
    };
    static Anchor anchor() noexcept;
};

} // namespace coroscope::trace
