// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/pythonrepr.h"
#include "core/runtime/processexecutor.h"
#include "core/runtime/wait.h"

#include <thread>

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

/// In a process of the pool: nothing of this one is there but the arguments.
int func(int value, qint64 nanoseconds)
{
    std::this_thread::sleep_for(std::chrono::nanoseconds(nanoseconds));
    return value;
}
const ProcessFunction funcInProcess("gallery.func", &func);

/// What a process prints, this program's console wouldn't show: its result is printed here.
Task<> printed(Stage stage, Job<int> future)
{
    const int value = co_await future;
    stage.print(QString::number(value));
}

} // namespace

Task<> coroscope::gallery::runExecutorProcess(Stage stage)
{
    ProcessExecutor pool(5);
    std::vector<AnyTask> tasks;
    for (int i = 0; i < 10; ++i) {
        const auto future = pool.run(QStringLiteral("func(%1)").arg(i), funcInProcess, i,
                                     qint64(stage.scaled(1s).count()));
        stage.print(repr(future));
        tasks.push_back(spawn(QStringLiteral("print(%1)").arg(i), printed, stage, future));
    }
    co_await wait(tasks);
}
