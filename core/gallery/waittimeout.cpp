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

Task<double> func(Stage stage, double seconds)
{
    co_await stage.sleep(std::chrono::milliseconds(int(seconds * 1000)));
    co_return seconds;
}

} // namespace

Task<> coroscope::gallery::runWaitTimeout(Stage stage)
{
    const std::vector<AnyTask> tasks {
        spawn("n1", func, stage, 0.5),
        spawn("n2", func, stage, 1.5),
        spawn("n3", func, stage, 3.0),
    };

    // The time is up before all have ended. The others run on: nobody cancels them.
    const WaitResult timely = co_await wait(tasks, stage.scaled(1s));
    stage.print(repr<double>(timely.done));
    stage.print(repr<double>(timely.pending));

    const WaitResult first = co_await wait(timely.pending, {}, WaitUntil::FirstCompleted);
    stage.print(repr<double>(first.done));
    stage.print(repr<double>(first.pending));

    const WaitResult rest = co_await wait(first.pending);
    stage.print(repr<double>(rest.done));
    stage.print(repr<double>(rest.pending));
}
