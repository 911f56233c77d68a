// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/tlsloader.h"
#include "core/runtime/task.h"
#include "core/tasks/stopsignal.h"
#include "core/tasks/taskbook.h"

#include <memory>

namespace coroscope::download {
class Engine;
}

namespace coroscope::tasks {

/// What tasks share. A value; copies stand for the same things. Used on the loop's thread.
struct TaskContext
{
    std::shared_ptr<download::Engine> downloads {}; ///< null: each download has a queue of its own
    std::shared_ptr<net::TlsLoader> tls = std::make_shared<net::TlsLoader>();
    std::shared_ptr<TaskBook> book = std::make_shared<TaskBook>();
    std::shared_ptr<StopSignal> stop = std::make_shared<StopSignal>();
    std::function<void(const QString &)> print {}; ///< takes the lines of examples; any thread
};

/// Spawns the task that a spec describes, on the calling thread's loop, and writes it into the book.
AnyTask launch(TaskSpec spec, TaskContext context);

} // namespace coroscope::tasks
