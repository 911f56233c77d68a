// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace coroscope::ui {

/// From a task to its row, without a hash: ids are counted up. Pages of ids that have no row take nothing,
/// so that a session of many tasks, of which few are still known, doesn't grow it.
class RowIndex
{
public:
    /// -1: it has none.
    std::int32_t rowOf(TaskId task) const
    {
        const std::size_t page = task.value >> pageBits;
        return page < m_pages.size() && m_pages[page] ? (*m_pages[page])[task.value & mask] : -1;
    }
    void set(TaskId task, std::int32_t row)
    {
        const std::size_t page = task.value >> pageBits;
        if (page >= m_pages.size())
            m_pages.resize(page + 1);
        if (!m_pages[page]) {
            m_pages[page] = std::make_unique<Page>();
            m_pages[page]->fill(-1);
        }
        (*m_pages[page])[task.value & mask] = row;
    }
    void assign(std::span<const TaskId> rows)
    {
        m_pages.clear();
        for (std::size_t row = 0; row < rows.size(); ++row)
            set(rows[row], std::int32_t(row));
    }

private:
    static constexpr unsigned pageBits = 10;
    static constexpr std::uint32_t mask = (1u << pageBits) - 1;
    using Page = std::array<std::int32_t, 1u << pageBits>;
    std::vector<std::unique_ptr<Page>> m_pages;
};

} // namespace coroscope::ui
