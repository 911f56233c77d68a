// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/loop.h"
#include "core/trace/frame.h"

#include <QTest>

namespace coroscope::test {

/// A loop whose time jumps from timer to timer.
inline LoopOptions virtualTime()
{
    LoopOptions options;
    options.clock = LoopClock::Virtual;
    return options;
}

/// Milliseconds of a loop's clock.
inline int timeOf(const Loop &loop) { return int(loop.now() / std::chrono::milliseconds(1)); }

} // namespace coroscope::test

/// What an expression throws is of the given type, and says so.
#define COROSCOPE_VERIFY_THROWS(expression, type) \
    do { \
        bool thrown = false; \
        try { \
            (void)(expression); \
        } catch (const type &) { \
            thrown = true; \
        } \
        QVERIFY2(thrown, #expression " did not throw " #type); \
    } while (false)
