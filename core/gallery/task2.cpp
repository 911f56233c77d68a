// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/pythonrepr.h"
#include "core/runtime/wait.h"

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

Task<> coroscope::gallery::runTask2(Stage stage)
{
    stage.print("main函数开始执行");
    const std::vector<AnyTask> tasks {
        spawn("n1", func, stage),
        spawn("n2", func, stage),
    };
    stage.print("main函数执行结束");

    const auto [done, pending] = co_await wait(tasks);
    stage.print(repr<QString>(done));
    stage.print(repr<QString>(pending));
}
