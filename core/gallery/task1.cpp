// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/task.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<QString> func(Stage stage)
{
    stage.print("1");
    co_await stage.sleep(1s);
    stage.print("2");
    co_return "返回值";
}

} // namespace

Task<> coroscope::gallery::runTask1(Stage stage)
{
    stage.print("main函数开始执行");
    // Tasks start at the loop's next turn: nothing of func runs inside of spawn().
    const auto first = spawn({}, func, stage);
    const auto second = spawn({}, func, stage);
    stage.print("main函数执行结束");

    // Both sleep at the same time, so all of it takes 1 s.
    const QString ret1 = co_await first;
    const QString ret2 = co_await second;
    stage.print(ret1 + ' ' + ret2);
}
