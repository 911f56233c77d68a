// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/processexecutor.h"
#include "core/runtime/threadexecutor.h"

#include <thread>

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

/// Something that takes long, and blocks.
QString func1(qint64 nanoseconds)
{
    std::this_thread::sleep_for(std::chrono::nanoseconds(nanoseconds));
    return "天秀";
}
const ProcessFunction func1InProcess("gallery.func1", &func1);

} // namespace

Task<> coroscope::gallery::runExecutorAwait(Stage stage)
{
    const qint64 duration = stage.scaled(2s).count();
    {
        // 1. In the loop's default executor, a pool of threads.
        const auto future = runInExecutor("func1", func1, duration);
        const QString result = co_await future;
        stage.print("default thread pool " + result);
    }
    {
        // 2. In a pool of threads of one's own.
        ThreadExecutor pool(1);
        const auto future = pool.run("func1", func1, duration);
        const QString result = co_await future;
        stage.print("custom thread pool " + result);
    }
    {
        // 3. In a pool of processes: they know the function by its name.
        ProcessExecutor pool(1);
        const auto future = pool.run("func1", func1InProcess, duration);
        const QString result = co_await future;
        stage.print("custom process pool " + result);
    }
}
