// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/regionstatistics.h"

#include "core/model/lengthhistogram.h"

#include <QHash>

#include <algorithm>

namespace coroscope::ui {

namespace {

using trace::EntityKind;

/// Slices nest where a task runs another inside itself: what they cover is counted once.
Time covered(std::vector<TimeRange> &stretches)
{
    std::sort(stretches.begin(), stretches.end(),
              [](const TimeRange &a, const TimeRange &b) { return a.begin < b.begin; });
    Time sum {};
    Time reached = Time::min();
    for (const TimeRange &stretch : stretches) {
        const Time begin = std::max(stretch.begin, reached);
        if (stretch.end > begin) {
            sum += stretch.end - begin;
            reached = stretch.end;
        }
    }
    return sum;
}

class Counter
{
public:
    Counter(const model::TraceStore &store, TimeRange range, Time now)
        : m_store(store)
        , m_now(now)
    {
        m_result.range = range;
        m_result.known = knownPart(store, range);
    }

    void add(const model::Task &task)
    {
        const TimeRange range = m_result.known;
        if (task.created >= range.end || (task.ended && *task.ended < range.begin))
            return;
        if (task.entity == EntityKind::Loop) {
            m_result.loops.push_back({task.name, m_store.busyIn(task.id, range.begin, range.end)});
            return;
        }
        if (task.entity == EntityKind::Worker)
            return;
        const std::uint64_t before = m_result.slices;
        addSlices(task);
        if (model::countsAsTask(task)) {
            ++m_result.tasks;
            m_result.active += m_result.slices > before;
        }
    }

    RegionStatistics result()
    {
        m_result.p50 = m_lengths.percentile(0.5);
        m_result.p99 = m_lengths.percentile(0.99);
        for (auto kind = m_kinds.begin(); kind != m_kinds.end(); ++kind)
            m_result.kinds.push_back({kind.key(), covered(kind.value())});
        std::sort(m_result.kinds.begin(), m_result.kinds.end(), [](const auto &a, const auto &b) {
            return std::pair(b.busy, a.name) < std::pair(a.busy, b.name);
        });
        return std::move(m_result);
    }

private:
    void addSlices(const model::Task &task)
    {
        const TimeRange range = m_result.known;
        const std::uint32_t count = m_store.sliceCount(task.id);
        for (std::uint32_t i = m_store.sliceAt(task.id, range.begin).value_or(m_store.firstSlice(task.id));
             i < count; ++i) {
            const model::Slice slice = m_store.slice(task.id, i);
            const Time end = slice.open ? std::max(slice.begin, m_now) : slice.end;
            if (slice.begin >= range.end)
                break;
            if (end <= range.begin)
                continue;
            const Time length = end - slice.begin;
            ++m_result.slices;
            m_lengths.add(length);
            if (!m_result.longest || length > m_result.longestLength) {
                m_result.longest = SliceRef {task.id, i};
                m_result.longestLength = length;
            }
            m_kinds[task.category].push_back({std::max(slice.begin, range.begin), std::min(end, range.end)});
        }
    }

    const model::TraceStore &m_store;
    Time m_now;
    RegionStatistics m_result;
    model::LengthHistogram m_lengths;
    QHash<QString, std::vector<TimeRange>> m_kinds;
};

} // namespace

TimeRange knownPart(const model::TraceStore &store, TimeRange range)
{
    if (store.knownSince() <= store.firstTime())
        return range;
    return {std::clamp(store.knownSince(), range.begin, range.end), range.end};
}

RegionStatistics regionStatistics(const model::TraceStore &store, TimeRange range, Time now)
{
    Counter counter(store, range, now);
    if (knownPart(store, range).length() <= Time::zero())
        return counter.result();
    for (const TaskId id : store.tasks()) {
        if (const model::Task *task = store.task(id))
            counter.add(*task);
    }
    return counter.result();
}

} // namespace coroscope::ui
