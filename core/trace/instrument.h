// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// Makes every coroutine that returns a QCoro::Task visible, with no change in its code: a partial
/// specialization of std::coroutine_traits gives it a promise of ours.
///
/// It must be seen by every translation unit of a program alike, before any coroutine (One Definition Rule):
/// link Coroscope::Trace, which brings it as a forced include, and do so for each of your libraries that
/// defines coroutines. A library compiled without it goes on working; its coroutines are not seen.
///
/// Needs C++20, Qt 6.4 and QCoro 0.8 or newer; Clang 17, GCC 12 or newer.

#include "core/trace/promise.h"

#include <coroutine>

template<class T, class... Args>
struct std::coroutine_traits<QCoro::Task<T>, Args...>
{
    using promise_type = coroscope::trace::Promise<T>;
    // Both promises must stand at the same offset in a frame.
    static_assert(alignof(promise_type) == alignof(QCoro::detail::TaskPromise<T>));
};
