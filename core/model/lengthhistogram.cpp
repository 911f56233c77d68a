// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/lengthhistogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace coroscope::model {

namespace {
// Lengths below 64 ns have a cell each; above, the top seven bits choose it.
constexpr int subBits = 6;

std::size_t cellOf(std::uint64_t ns)
{
    const int shift = std::max(int(std::bit_width(ns)) - subBits - 1, 0);
    return (std::size_t(shift) << subBits) + std::size_t(ns >> shift);
}

std::uint64_t beginOfCell(std::size_t cell)
{
    if (cell < (2u << subBits))
        return cell;
    const std::size_t shift = (cell >> subBits) - 1;
    return (std::uint64_t(cell & ((1u << subBits) - 1)) + (1u << subBits)) << shift;
}

Time middleOfCell(std::size_t cell)
{
    return Time {std::int64_t((beginOfCell(cell) + beginOfCell(cell + 1) - 1) / 2)};
}
} // namespace

void LengthHistogram::add(Time length)
{
    length = std::max(length, Time {0});
    const std::size_t cell = cellOf(std::uint64_t(length.count()));
    if (cell >= m_cells.size())
        m_cells.resize(cell + 1);
    ++m_cells[cell];
    m_shortest = m_count ? std::min(m_shortest, length) : length;
    m_longest = std::max(m_longest, length);
    m_total += length;
    ++m_count;
}

Time LengthHistogram::percentile(double share) const
{
    if (m_count == 0)
        return Time {0};
    const auto rank = std::clamp<std::uint64_t>(std::uint64_t(std::ceil(share * double(m_count))), 1,
                                                m_count);
    if (rank == m_count)
        return m_longest;
    std::uint64_t seen = 0;
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
        seen += m_cells[cell];
        if (seen >= rank)
            return std::clamp(middleOfCell(cell), m_shortest, m_longest);
    }
    return m_longest;
}

std::vector<LengthHistogram::Bar> LengthHistogram::bars(int bars) const
{
    if (m_count == 0 || bars <= 0)
        return {};
    const double low = std::log(double(std::max<std::int64_t>(m_shortest.count(), 1)));
    const double high = std::log(double(std::max<std::int64_t>(m_longest.count(), 1)));
    // Narrower than a cell a bar would be empty for no reason.
    const int most = int((high - low) / std::log1p(1.0 / (1 << subBits)));
    bars = std::clamp(most, 1, bars);
    std::vector<Bar> result(std::size_t(bars), Bar {});
    const auto edge = [&](int i) {
        return Time {std::int64_t(std::llround(std::exp(low + (high - low) * double(i) / bars)))};
    };
    for (int i = 0; i < bars; ++i)
        result[std::size_t(i)] = {edge(i), edge(i + 1), 0};
    result.front().from = m_shortest;
    result.back().to = m_longest;
    std::size_t bar = 0;
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
        if (m_cells[cell] == 0)
            continue;
        const Time length = middleOfCell(cell);
        while (bar + 1 < result.size() && length >= result[bar].to)
            ++bar;
        result[bar].count += m_cells[cell];
    }
    return result;
}

} // namespace coroscope::model
