// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace coroscope {

/// Waits, awake, for what another thread is likely to do within microseconds: putting a thread to sleep and
/// waking it takes 30 to 50 µs on each side of a hand-over.
///
/// It gives up after its limit, and where that was in vain eight times in a row it tries only 16 of 128
/// times: little is burned where nothing comes. In a row, because both sides have to be awake for either to
/// be served in time. For one thread at a time.
class BriefSpin
{
public:
    explicit BriefSpin(std::chrono::nanoseconds limit)
        : m_limit(limit)
    { }

    /// Whether trying is worth it this time.
    bool isPromising() noexcept { return m_misses < 8 || ++m_skipped % 128 >= 112; }

    /// True as soon as `isTrue()` is, false when the time is up.
    template<class F>
    bool until(F isTrue)
    {
        const auto end = std::chrono::steady_clock::now() + m_limit;
        do {
            for (int i = 0; i < 16; ++i) {
                if (isTrue()) {
                    m_misses = 0;
                    return true;
                }
                relax();
            }
        } while (std::chrono::steady_clock::now() < end);
        ++m_misses;
        return false;
    }

private:
    static void relax() noexcept
    {
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }

    std::chrono::nanoseconds m_limit;
    unsigned m_misses = 0;
    unsigned m_skipped = 0;
};

} // namespace coroscope
