// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/storestate.h"

namespace coroscope::model {

void StoreState::renumber(TaskRecord &record)
{
    ages.renumber(record.task.id.value, record.lane.slices.renumber());
    changes.cleared = changes.renumbered = true;
}

std::uint64_t StoreState::memoryBytes() const
{
    std::uint64_t bytes = sliceBytes + textBytes + texts.bytes() + ages.bytes()
                          + tasks.records().size() * taskBytes + futures.ids().size() * sizeof(Future)
                          + waits.ids().size() * sizeof(WaitSet) + marks.marks().size() * sizeof(Mark)
                          + printed.size() * sizeof(PrintedLine) + tasks.indexBytes() + futures.indexBytes()
                          + waits.indexBytes();
    for (const ThreadTrack &thread : threads)
        bytes += sizeof(ThreadTrack) + thread.busy.capacityBytes();
    return bytes;
}

} // namespace coroscope::model
