// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/futuretable.h"
#include "core/model/marklist.h"
#include "core/model/tasktable.h"
#include "core/model/textpool.h"
#include "core/model/threadtrack.h"
#include "core/model/tracestore.h"
#include "core/model/waittable.h"

namespace coroscope::model {

/// Everything a TraceStore holds; EventApplier changes it, the queries read it.
struct StoreState
{
    TaskTable tasks;
    FutureTable futures;
    WaitTable waits;
    MarkList marks;
    TextPool texts;
    std::vector<ThreadTrack> threads; ///< by ThreadId, from 1
    std::vector<PrintedLine> printed;

    ChangeSet changes;
    quint64 revision = 0;
    Time now {};
    std::optional<Time> first;
    Time blockThreshold = std::chrono::milliseconds(50);
    std::uint32_t losses = 1; ///< how often events were lost, plus one: 0 is before all
    StoreFigures figures;
    std::uint64_t sliceBytes = 0;
    std::uint64_t textBytes = 0;

    bool isUnsure(const TaskRecord &record) const { return record.sureSince < losses; }
    ThreadTrack &thread(ThreadId id)
    {
        const std::size_t number = std::max(id.value, 1u);
        while (threads.size() < number) {
            const auto next = std::uint32_t(threads.size() + 1);
            threads.emplace_back().id = ThreadId {next};
        }
        return threads[number - 1];
    }
};

} // namespace coroscope::model
