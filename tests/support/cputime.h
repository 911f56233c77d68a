// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ctime>

namespace coroscope::tests {

/// How long this thread has run: other programs' load is not in it.
inline std::chrono::nanoseconds threadCpuTime()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace coroscope::tests
