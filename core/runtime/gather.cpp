// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/gather.h"

namespace coroscope::detail {

void GatherWait::cancel() noexcept
{
    if (m_mustThrow)
        return;
    m_mustThrow = true;
    const std::vector<AnyTask> all = tasks(); // the last to end wakes this
    for (const AnyTask &task : all)
        task.cancel();
    if (!isWatching()) // cancelled before it came to wait
        Leaf::cancel();
}

void GatherWait::finish()
{
    end();
    for (const AnyTask &task : tasks())
        task.state()->noteErrorSeen();
    if (m_mustThrow)
        throw CancelledError();
    if (m_errors == Errors::Throw && firstFailed())
        std::rethrow_exception(firstFailed()->error());
}

} // namespace coroscope::detail
