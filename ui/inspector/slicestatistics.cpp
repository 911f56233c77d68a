// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/slicestatistics.h"

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

using model::Time;

/// How many slices of a task had ended.
static std::uint32_t endedSlices(const model::Moment &moment, TaskId task)
{
    const model::TraceStore &store = moment.store();
    std::uint32_t begun = store.sliceCount(task);
    if (moment.isPast()) {
        const auto last = store.sliceAt(task, moment.now());
        begun = last ? *last + 1 : 0;
    }
    if (begun == 0)
        return 0;
    const model::Slice last = store.slice(task, begun - 1);
    const bool runs = last.open || (moment.isPast() && last.end > moment.now());
    return begun - (runs ? 1 : 0);
}

bool SliceStatistics::read(const model::Moment &moment, TaskId task, std::uint32_t budget)
{
    const std::uint32_t known = endedSlices(moment, task);
    if (task != m_task || known < m_next)
        *this = {};
    m_task = task;
    m_next = std::max(m_next, moment.store().firstSlice(task));
    const std::uint32_t end = std::min(known, m_next + budget);
    for (; m_next < end; ++m_next) {
        const model::Slice slice = moment.store().slice(task, m_next);
        ++m_buckets[std::size_t(bucketOf(slice.end - slice.begin))];
        ++m_count;
    }
    return m_next < known;
}

Time SliceStatistics::percentile(double share) const
{
    if (m_count == 0)
        return {};
    const auto wanted = std::max<std::uint64_t>(1, std::uint64_t(std::ceil(share * double(m_count))));
    std::uint64_t sum = 0;
    for (int bucket = 0; bucket < bucketCount; ++bucket) {
        sum += m_buckets[std::size_t(bucket)];
        if (sum >= wanted)
            return (lowerBound(bucket) + lowerBound(bucket + 1)) / 2;
    }
    return lowerBound(bucketCount);
}

std::vector<SliceStatistics::Bar> SliceStatistics::bars(int most) const
{
    const auto used = [](std::uint64_t count) { return count > 0; };
    const auto first = std::find_if(m_buckets.begin(), m_buckets.end(), used);
    if (first == m_buckets.end())
        return {};
    const auto last = std::find_if(m_buckets.rbegin(), m_buckets.rend(), used).base();
    int width = perOctave / 2;
    while ((last - first) / width + 2 > most)
        width *= 2;
    std::vector<Bar> bars;
    const int begin = int(first - m_buckets.begin()) / width * width;
    for (int bucket = begin; bucket < last - m_buckets.begin(); bucket += width) {
        Bar bar {lowerBound(bucket), lowerBound(bucket + width), 0};
        for (int i = bucket; i < std::min(bucket + width, bucketCount); ++i)
            bar.count += m_buckets[std::size_t(i)];
        bars.push_back(bar);
    }
    return bars;
}

int SliceStatistics::bucketOf(Time length)
{
    const double ns = std::max(1.0, double(length.count()));
    return std::min(bucketCount - 1, int(std::log2(ns) * perOctave));
}

Time SliceStatistics::lowerBound(int bucket)
{
    return Time(std::llround(std::exp2(double(bucket) / perOctave)));
}

} // namespace coroscope::ui
