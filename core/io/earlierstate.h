// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <vector>

namespace coroscope::io {

/// A place between two events of a session, as the store stood there.
struct Boundary
{
    model::Time time {};
    std::uint64_t createdTasks = 0;
    WaitId lastWait; ///< the newest
    std::vector<model::RunningStack> stacks;
};

/// Events that say, at a boundary that was passed long ago, what a reader must know who begins there: the
/// tasks that lived, with their names, what they wait for and what ran, futures and waits. Of what the store
/// still knows: of a task that has ended since, it need not be much.
std::vector<model::TraceEvent> stateEvents(const model::TraceStore &store, const Boundary &boundary);

} // namespace coroscope::io
