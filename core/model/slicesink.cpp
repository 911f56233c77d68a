// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/slicesink.h"

namespace coroscope::model {

using trace::WaitKind;

bool isLeafWait(const TraceStore &store, const Task &task, const Wait &wait)
{
    switch (wait.kind) {
    case WaitKind::None:
    case WaitKind::Idle:
        return false;
    case WaitKind::Call:
        return wait.detail != 0;
    case WaitKind::Task: {
        const Task *step = store.task(TaskId {std::uint32_t(wait.detail)});
        return !step || step->entity != trace::EntityKind::Coroutine || step->parent != task.id;
    }
    default:
        return true;
    }
}

} // namespace coroscope::model
