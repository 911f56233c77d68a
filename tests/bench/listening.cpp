// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Compiled twice: BENCH_BUILD is `plain` (QCoro alone) or `traced` (with the forced include).
#include "tests/bench/listening.h"

#include <QCoroTask>

#include <chrono>
#include <coroutine>

namespace bench::BENCH_BUILD {

namespace {

struct Number
{
    long value = 0;
};

struct Nothing
{ };

struct Slot
{
    std::coroutine_handle<> handle;

    struct Awaiter
    {
        Slot *slot;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) noexcept { slot->handle = waiting; }
        void await_resume() const noexcept { }
    };
};

[[gnu::noinline]] QCoro::Task<Number> trivial(long value) { co_return Number {value}; }

QCoro::Task<Nothing> callOften(long n, long *sum)
{
    for (long i = 0; i < n; ++i) {
        const Number number = co_await trivial(i);
        *sum += number.value;
    }
    co_return Nothing {};
}

QCoro::Task<Nothing> awaitOften(Slot *slot, long n)
{
    for (long i = 0; i < n; ++i)
        co_await Slot::Awaiter {slot};
    co_return Nothing {};
}

using Clock = std::chrono::steady_clock;

double nanosecondsEach(Clock::time_point start, long n)
{
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / double(n);
}

} // namespace

double eagerCalls(long n)
{
    long sum = 0;
    const auto start = Clock::now();
    const auto task = callOften(n, &sum);
    asm volatile("" : "+r"(sum));
    return nanosecondsEach(start, n);
}

double awaits(long n)
{
    Slot slot;
    const auto start = Clock::now();
    const auto task = awaitOften(&slot, n);
    for (long i = 0; i < n; ++i)
        slot.handle.resume();
    return nanosecondsEach(start, n);
}

} // namespace bench::BENCH_BUILD
