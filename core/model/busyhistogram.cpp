// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/busyhistogram.h"

#include <algorithm>

namespace coroscope::model {

void BusyHistogram::widenFor(Time end)
{
    while (end > m_width * std::int64_t(maxBuckets)) {
        for (std::size_t i = 0; i < m_buckets.size(); i += 2)
            m_buckets[i / 2] = m_buckets[i] + (i + 1 < m_buckets.size() ? m_buckets[i + 1] : Time {0});
        m_buckets.resize((m_buckets.size() + 1) / 2);
        m_width *= 2;
    }
}

void BusyHistogram::add(Time begin, Time end)
{
    begin = std::max(begin, Time {0});
    if (end <= begin)
        return;
    widenFor(end);
    const std::size_t needed = std::size_t((end.count() + m_width.count() - 1) / m_width.count());
    if (m_buckets.size() < needed)
        m_buckets.resize(needed);
    for (std::size_t i = std::size_t(begin / m_width); begin < end; ++i) {
        const Time part = std::min(end, m_width * std::int64_t(i + 1)) - begin;
        m_buckets[i] += part;
        begin += part;
    }
}

Time BusyHistogram::busyIn(Time from, Time to) const
{
    from = std::max(from, Time {0});
    to = std::min(to, m_width * std::int64_t(m_buckets.size()));
    Time sum {0};
    for (std::size_t i = from < to ? std::size_t(from / m_width) : 0; from < to; ++i) {
        const Time part = std::min(to, m_width * std::int64_t(i + 1)) - from;
        if (part == m_width)
            sum += m_buckets[i];
        else
            sum += Time {
                std::int64_t(double(m_buckets[i].count()) * double(part.count()) / double(m_width.count()))};
        from += part;
    }
    return sum;
}

} // namespace coroscope::model
