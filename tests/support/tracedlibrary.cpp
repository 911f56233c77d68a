// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/tracedlibrary.h"

namespace coroscope::test {

namespace {

struct Wait
{
    Doorstep *doorstep;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { doorstep->waiting = handle; }
    void await_resume() const noexcept { }
};

} // namespace

QCoro::Task<int> tracedAnswer() { co_return 42; }

QCoro::Task<int> tracedVisit(Doorstep *doorstep)
{
    co_await Wait {doorstep};
    co_return 7;
}

QCoro::Task<int> tracedRelay(QCoro::Task<int> task)
{
    const int value = co_await std::move(task);
    co_return value + 1;
}

} // namespace coroscope::test
