// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The same two loops, compiled with the forced include and without it (listening.cpp): each gives the
// nanoseconds of one turn. Result types differ, so that no coroutine type is compiled in two ways.

namespace bench::plain {
double eagerCalls(long n); ///< call a coroutine that ends at once, and await it
double awaits(long n); ///< suspend on an awaiter, and be resumed
} // namespace bench::plain

namespace bench::traced {
double eagerCalls(long n);
double awaits(long n);
} // namespace bench::traced
