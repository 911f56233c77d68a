// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/gallery.h"
#include "core/model/tracestore.h"
#include "core/runtime/task.h"

#include <QStringList>

#include <mutex>

namespace coroscope::test {

/// What an example printed, and when: by the loop's clock and what it blocked that thread for.
class Prints
{
public:
    explicit Prints(double speed = 1);

    /// Prints here, and blocks by counting where `loopsThread` says so.
    gallery::StageOptions stage();
    QStringList lines() const;
    QList<int> times() const; ///< milliseconds, of each line
    int blocked() const { return int(m_blocked.count()); } ///< milliseconds

private:
    mutable std::mutex m_mutex;
    QStringList m_lines;
    QList<int> m_times;
    std::chrono::milliseconds m_blocked {};
    double m_speed;
};

/// Spawns an example on this thread's loop.
SpawnedTask<void> start(const QString &id, const gallery::StageOptions &options);

/// Task-7, Task-8 as Task-1, Task-2: unnamed tasks are counted for the whole process.
QStringList renumbered(QStringList lines);

/// The task of that name that was seen last; null: none.
const model::Task *find(const model::TraceStore &store, const QString &name);
QList<const model::Task *> workers(const model::TraceStore &store);

} // namespace coroscope::test
