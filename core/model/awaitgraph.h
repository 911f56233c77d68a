// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/storestate.h"

/// Who awaits whom. A task awaits at most one thing at a time, so the edges are kept in the tasks' records.
namespace coroscope::model::awaits {

void link(TaskRecord &awaiter, TaskRecord &awaited);
void unlink(TaskRecord &awaiter);
/// Before `record` is forgotten.
void detach(TaskRecord &record);

/// From `first` down to the leaf, each task once.
std::vector<TaskId> chain(const TaskRecord &first);
/// Those that wait for `record`, alone or in a set, in order of id.
std::vector<TaskId> awaitersOf(const StoreState &state, const TaskRecord &record);
/// Follows sets of waits too.
bool isCyclic(const StoreState &state, const TaskRecord &record);

} // namespace coroscope::model::awaits
