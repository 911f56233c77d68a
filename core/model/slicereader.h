// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slicesink.h"

#include <vector>

namespace coroscope::model {

/// Reads all slices of a store, each once, in passes over the tasks that are under way: a task that ended is
/// not looked at again. A pass may be done bit by bit, so that no window waits for it.
///
/// The store's clear() and removeEnded() make everything to be read anew: start with a new reader then. What
/// retention forgets before it is read is passed over.
class SliceReader
{
public:
    /// Reads `root` and all that it created, or all tasks.
    explicit SliceReader(TaskId root = {})
        : m_root(root)
    { }

    /// Goes on with the pass for about `budget` slices or tasks. True: it is done, and the next call begins
    /// the next one.
    bool read(const TraceStore &store, SliceSink &sink, std::uint32_t budget);

private:
    struct Entry
    {
        TaskId id;
        std::uint32_t slices = 0; ///< read of it
        std::uint32_t waits = 0;
        std::uint64_t children = 0; ///< those of an earlier serial number are met
    };

    enum class Left { Nothing, UntilNextPass, More };

    bool meet(const TraceStore &store);
    Left readOne(const TraceStore &store, SliceSink &sink, Entry &entry, std::uint32_t &budget);

    TaskId m_root;
    std::vector<Entry> m_live;
    std::size_t m_next = 0; ///< in the pass under way
    std::size_t m_kept = 0; ///< those before m_next that stay
    std::uint64_t m_met = 0; ///< tasks of an earlier serial number
};

} // namespace coroscope::model
