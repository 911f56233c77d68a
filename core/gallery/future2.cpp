// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/future.h"
#include "core/runtime/task.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<> setAfter(Stage stage, Future<QString> fut)
{
    co_await stage.sleep(2s);
    fut.set("666");
}

} // namespace

Task<> coroscope::gallery::runFuture2(Stage stage)
{
    // Bound to nothing yet: by itself it would never be done.
    const Future<QString> fut({.name = "fut"});
    // This task gives it its result after 2 s.
    co_await spawn("set_after", setAfter, stage, fut);
    const QString data = co_await fut;
    stage.print(data);
}
