// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/resulttable.h"

#include <algorithm>

namespace coroscope::tasks {

void ResultTable::setColumns(net::MySqlColumns columns, std::uint64_t ticks)
{
    const std::lock_guard lock(m_mutex);
    m_columns = std::move(columns);
    m_columnsCame = ticks;
}

void ResultTable::append(const net::MySqlRow &row, std::uint64_t ticks)
{
    const std::lock_guard lock(m_mutex);
    ++m_total;
    if (m_kept >= mostRows || m_bytes >= mostBytes) {
        if ((m_total - m_kept) % uncountedRows == 0)
            m_restCame.push_back(ticks);
        return;
    }
    m_came.push_back(ticks);
    if (m_kept % chunkRows == 0)
        m_chunks.emplace_back();
    Chunk &chunk = m_chunks.back();
    for (qsizetype i = 0; i < row.size(); ++i) {
        const QByteArrayView bytes = row.isNull(i) ? QByteArrayView() : row.bytes(i);
        chunk.bytes.append(bytes);
        chunk.ends.push_back(std::size_t(chunk.bytes.size()));
        chunk.nulls.push_back(row.isNull(i));
        m_bytes += bytes.size();
    }
    ++m_kept;
}

net::MySqlColumns ResultTable::columns() const
{
    const std::lock_guard lock(m_mutex);
    return m_columns;
}

qint64 ResultTable::rowCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_kept;
}

qint64 ResultTable::totalCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_total;
}

ResultTable::Counts ResultTable::countsBy(std::uint64_t ticks) const
{
    const std::lock_guard lock(m_mutex);
    const auto countBy = [ticks](const std::vector<std::uint64_t> &came) {
        return qint64(std::ranges::upper_bound(came, ticks) - came.begin());
    };
    const qint64 kept = countBy(m_came);
    return {!m_columns.empty() && m_columnsCame <= ticks, kept, kept + countBy(m_restCame) * uncountedRows};
}

net::MySqlValue ResultTable::value(qint64 row, std::size_t column) const
{
    const std::lock_guard lock(m_mutex);
    if (row < 0 || row >= m_kept || column >= m_columns.size())
        return {};
    const Chunk &chunk = m_chunks[std::size_t(row / chunkRows)];
    const std::size_t cell = std::size_t(row % chunkRows) * m_columns.size() + column;
    if (chunk.nulls[cell])
        return {};
    const std::size_t begin = cell == 0 ? 0 : chunk.ends[cell - 1];
    const QByteArrayView bytes(chunk.bytes.constData() + begin, qsizetype(chunk.ends[cell] - begin));
    return net::toValue(m_columns[column].type, bytes);
}

} // namespace coroscope::tasks
