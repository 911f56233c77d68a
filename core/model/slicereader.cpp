// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/slicereader.h"

#include <algorithm>

namespace coroscope::model {

using trace::WaitKind;

/// Some at a time. False: all are met.
bool SliceReader::meet(const TraceStore &store)
{
    if (m_root) {
        if (m_met > 0 || !store.task(m_root))
            return false;
        m_met = 1;
        m_live.push_back({m_root});
        return true;
    }
    const auto tasks = store.tasksFrom(m_met);
    if (tasks.empty())
        return false;
    constexpr std::size_t atOnce = 4096;
    for (const TaskId id : tasks.first(std::min(tasks.size(), atOnce)))
        m_live.push_back({id});
    m_met = store.serialOf(m_live.back().id) + 1;
    return true;
}

bool SliceReader::read(const TraceStore &store, SliceSink &sink, std::uint32_t budget)
{
    // By index: a task may bring its children, which are read in the same pass.
    while (m_next < m_live.size() || meet(store)) {
        if (budget == 0)
            return false;
        Entry entry = m_live[m_next];
        const Left left = readOne(store, sink, entry, budget);
        if (const Task *task = store.task(entry.id); m_root && task) {
            const auto isMet = [&](TaskId id) { return store.serialOf(id) < entry.children; };
            const auto first = std::find_if(task->children.rbegin(), task->children.rend(), isMet).base();
            for (auto child = first; child != task->children.end(); ++child)
                m_live.push_back({*child});
            if (!task->children.empty())
                entry.children = std::max(entry.children, store.serialOf(task->children.back()) + 1);
        }
        m_live[m_next] = entry;
        if (left == Left::More)
            return false;
        if (left == Left::UntilNextPass)
            m_live[m_kept++] = entry;
        ++m_next;
        budget -= std::min(budget, 1u);
    }
    m_live.resize(m_kept);
    m_next = m_kept = 0;
    return true;
}

SliceReader::Left SliceReader::readOne(const TraceStore &store, SliceSink &sink, Entry &entry,
                                       std::uint32_t &budget)
{
    const Task *task = store.task(entry.id);
    if (!task)
        return Left::Nothing;
    sink.task(*task);
    const std::uint32_t known = store.sliceCount(entry.id);
    entry.waits = std::max(entry.waits, store.firstSlice(entry.id));
    entry.slices = std::max(entry.slices, entry.waits);
    while (entry.waits < known) {
        if (budget == 0)
            return Left::More;
        --budget;
        const Slice slice = store.slice(entry.id, entry.waits);
        if (slice.open)
            return Left::UntilNextPass;
        if (entry.slices == entry.waits) {
            sink.slice(*task, entry.slices, slice);
            ++entry.slices;
        }
        const bool isLast = entry.waits + 1 == known;
        if (isLast && !hasEnded(task->state)) {
            if (slice.wait.kind != WaitKind::None)
                sink.pending(*task, entry.waits, slice, store.now());
            return Left::UntilNextPass;
        }
        if (slice.wait.kind != WaitKind::None) {
            // One that was cancelled or destroyed while it waited has no slice after it.
            const Time resumed = isLast ? task->ended.value_or(slice.end)
                                        : store.slice(entry.id, entry.waits + 1).begin;
            const Time ready = std::clamp(slice.ready.value_or(resumed), slice.end,
                                          std::max(slice.end, resumed));
            sink.wait(*task, entry.waits, slice,
                      {slice.end, ready, std::max(slice.end, resumed), slice.ready.has_value()});
        }
        ++entry.waits;
    }
    return hasEnded(task->state) ? Left::Nothing : Left::UntilNextPass;
}

} // namespace coroscope::model
