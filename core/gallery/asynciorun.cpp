// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/deferred.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

// A coroutine function.
Task<> func(Stage stage)
{
    stage.print("协程函数");
    co_return;
}

} // namespace

Task<> coroscope::gallery::runAsyncioRun(Stage stage)
{
    // A coroutine object: it exists, and nothing of func has run.
    auto result = deferred(func, stage);

    // The loop runs it.
    co_await spawn({}, std::move(result));
}
