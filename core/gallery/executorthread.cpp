// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/pythonrepr.h"
#include "core/runtime/threadexecutor.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

/// On a thread of the pool.
int func(Stage stage, int value)
{
    stage.block(1s);
    stage.print(QString::number(value));
    return value;
}

} // namespace

Task<> coroscope::gallery::runExecutorThread(Stage stage)
{
    ThreadExecutor pool(5);
    std::vector<Job<int>> futures;
    for (int i = 0; i < 10; ++i) {
        futures.push_back(pool.run(QStringLiteral("func(%1)").arg(i), func, stage, i));
        stage.print(repr(futures.back()));
    }
    // The pool goes when this coroutine ends, so it has to wait for its jobs.
    for (const Job<int> &future : futures)
        co_await future;
}
