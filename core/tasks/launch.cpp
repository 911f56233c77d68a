// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/launch.h"

#include "core/tasks/batchtask.h"
#include "core/tasks/crawltask.h"
#include "core/tasks/downloadtask.h"
#include "core/tasks/exampletask.h"
#include "core/tasks/futuretask.h"
#include "core/tasks/mysqltask.h"
#include "core/tasks/redistask.h"
#include "core/tasks/sleeptask.h"

namespace coroscope::tasks {

namespace {

struct Spawner
{
    TaskContext &context;
    SpawnOptions options;

    AnyTask operator()(DownloadSpec spec)
    {
        return spawn(options, downloadFile, std::move(spec), context, std::shared_ptr<net::Turnstile>());
    }
    AnyTask operator()(BatchSpec spec)
    {
        return spawn(options, downloadBatch, std::move(spec), context, BatchHook());
    }
    AnyTask operator()(RedisSpec spec) { return spawn(options, runRedis, std::move(spec), context); }
    AnyTask operator()(MySqlSpec spec) { return spawn(options, runMySql, std::move(spec), context); }
    AnyTask operator()(SleepSpec spec)
    {
        if (spec.block)
            return spawn(options, blockLoop, spec, context);
        return spawn(options, sleepFor, spec);
    }
    AnyTask operator()(FutureSpec spec) { return spawn(options, waitForHand, std::move(spec)); }
    AnyTask operator()(ExampleSpec spec) { return spawn(options, runExample, std::move(spec), context); }
    AnyTask operator()(CrawlSpec spec) { return spawn(options, crawl, std::move(spec), context); }
};

} // namespace

AnyTask launch(TaskSpec spec, TaskContext context)
{
    Spawner spawner {context, SpawnOptions(defaultName(spec), category(spec))};
    AnyTask task = std::visit(spawner, spec);
    context.book->setSpec(task.id(), std::move(spec));
    return task;
}

} // namespace coroscope::tasks
