// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/causer.h"

namespace coroscope::model {

using trace::Cause;

TaskId causerOf(const TraceStore &store, const Task &task, const Slice &slice)
{
    const auto id = std::uint32_t(slice.causer);
    switch (slice.cause) {
    case Cause::Task:
    case Cause::Cancel:
    case Cause::Job:
    case Cause::Wait:
    case Cause::Call:
        return TaskId {id};
    case Cause::Future: {
        const Future *future = store.future(FutureId {id});
        return future ? future->resolvedBy : TaskId {};
    }
    case Cause::Start:
        return task.parent;
    default:
        return {};
    }
}

} // namespace coroscope::model
