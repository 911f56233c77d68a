// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/lane.h"
#include "core/model/task.h"

namespace coroscope::model {

/// All that the store keeps of one task. Its address is fixed as long as the task is known.
struct TaskRecord
{
    Task task;
    Lane lane;

    // The await graph: who waits for this one as a list through the waiters themselves.
    TaskRecord *awaits = nullptr; ///< the task that it awaits or joins
    TaskRecord *firstAwaiter = nullptr;
    TaskRecord *nextAwaiter = nullptr;
    TaskRecord *previousAwaiter = nullptr;

    TaskId stepOf; ///< the task whose row shows this coroutine's work; none: it has a row itself
    std::uint64_t serial = 0; ///< how many tasks were created before it
    std::uint64_t countedBytes = 0; ///< of the lane's column, in StoreState::sliceBytes
    quint64 touchedIn = 0; ///< the revision that last brought something
    std::uint32_t sureSince = 0; ///< number of the last loss that can't have blurred its state
    bool ownName = false;
    bool ownCategory = false;
    bool gone = false; ///< on the way out
    bool running = false; ///< on a thread's stack, or an awake loop
    std::optional<std::uint64_t> cancelledBy; ///< who cancelled it; 0: the user
};

} // namespace coroscope::model
