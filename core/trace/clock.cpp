// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/clock.h"

#include <thread>
#include <utility>

#ifdef COROSCOPE_HAVE_TSC
#    include <cpuid.h>
#endif

namespace coroscope::trace {

namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

bool tscIsInvariant()
{
#ifdef COROSCOPE_HAVE_TSC
    // Intel SDM 3B, 18.17.1 and AMD APM 3, E.4.7: CPUID 8000_0007h, EDX bit 8.
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(0x80000007u, &a, &b, &c, &d) && (d & (1u << 8));
#else
    return false;
#endif
}

struct Reading
{
    std::uint64_t ticks;
    steady_clock::time_point time;
};

/// Both clocks at one instant: the closest of several tries.
Reading readBoth()
{
    Reading best {};
    std::uint64_t shortest = ~std::uint64_t(0);
    for (int i = 0; i < 32; ++i) {
        const std::uint64_t before = Clock::ticks();
        const auto time = steady_clock::now();
        const std::uint64_t after = Clock::ticks();
        if (after - before < shortest) {
            shortest = after - before;
            best = {before + shortest / 2, time};
        }
    }
    return best;
}

} // namespace

namespace detail {
const bool tscIsUsable = tscIsInvariant();
} // namespace detail

namespace {

const Reading processStart = readBoth();
// As seen now, carried back to the reading: the process may have been held up in between.
const std::chrono::system_clock::time_point processStartWall =
    std::chrono::system_clock::now()
    - std::chrono::duration_cast<std::chrono::system_clock::duration>(steady_clock::now()
                                                                      - processStart.time);

double calibrate()
{
    if (!detail::tscIsUsable)
        return double(steady_clock::period::num) * 1e9 / double(steady_clock::period::den);
    constexpr nanoseconds span = std::chrono::milliseconds(10);
    const auto passed = steady_clock::now() - processStart.time;
    if (passed < span)
        std::this_thread::sleep_for(span - passed);
    const Reading now = readBoth();
    return double(nanoseconds(now.time - processStart.time).count()) / double(now.ticks - processStart.ticks);
}

double nanosecondsPerTick()
{
    static const double value = calibrate();
    return value;
}

} // namespace

nanoseconds Clock::toNanoseconds(std::int64_t tickDifference) noexcept
{
    return nanoseconds(std::int64_t(double(tickDifference) * nanosecondsPerTick()));
}

std::int64_t Clock::toTicks(nanoseconds duration) noexcept
{
    return std::int64_t(double(duration.count()) / nanosecondsPerTick());
}

Clock::Anchor Clock::anchor() noexcept { return {processStart.ticks, processStartWall}; }

} // namespace coroscope::trace
