// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QString>

namespace coroscope::ui {

/// A line of the tree "who waits for whom".
struct AwaitStep
{
    int depth = 0;
    TaskId task; ///< none: the leaf, which is no task
    QString text;
    bool isCycle = false; ///< the chain comes back to where it was
    friend bool operator==(const AwaitStep &, const AwaitStep &) = default;
};

/// From the one at the top who waits for `task`, over it, down to the leaf that all of them wait for. Where
/// the leaf is a wait() for several tasks, those that are pending stand under it.
std::vector<AwaitStep> awaitPath(const model::Moment &moment, TaskId task);

} // namespace coroscope::ui
