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

Task<WaitResult> runner(Stage stage)
{
    const std::vector<AnyTask> tasks {spawn({}, func, stage), spawn({}, func, stage)};
    const WaitResult result = co_await wait(tasks);
    co_return result;
}

} // namespace

Task<> coroscope::gallery::runTask3(Stage stage)
{
    // asyncio.run() makes a task of what it is given: of those without a name it is the first.
    const auto task = spawn({}, runner, stage);
    const auto [done, pending] = co_await task;
    stage.print(repr<QString>(done));
    stage.print(repr<QString>(pending));
}
