// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <thread>

namespace coroscope::test {

/// For tests that look names up. At the program's end Qt waits for its resolver threads, but not until glibc
/// has freed what it keeps for each of them, which is a moment later: LeakSanitizer would count that. This is
/// made before main(), so its end comes after Qt's.
struct ResolverThreadsEnd
{
    ResolverThreadsEnd() = default;
    ~ResolverThreadsEnd()
    {
#if defined(__has_feature)
#    if __has_feature(address_sanitizer)
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
#    endif
#endif
    }
};
inline const ResolverThreadsEnd resolverThreadsEnd;

} // namespace coroscope::test
