// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

namespace coroscope::ui {

/// Where lanes stand from top to bottom, in pixels of the view: first loops and workers, which stay in place
/// where there is room for that, then the others, which scroll.
class LaneGeometry
{
public:
    static constexpr int pitch = 26;
    static constexpr int barHeight = 20; ///< of what runs
    static constexpr int waitHeight = 16; ///< of what waits

    LaneGeometry() = default;
    LaneGeometry(std::size_t rows, std::size_t machines, int viewHeight, int scroll);

    int top(std::size_t row) const;
    int center(std::size_t row) const { return top(row) + pitch / 2; }
    std::optional<std::size_t> rowAt(int y) const;
    int viewHeight() const { return m_viewHeight; }
    /// Height of what doesn't scroll; 0 if everything does.
    int pinnedHeight() const { return m_pinned ? m_headHeight : 0; }
    /// Where the line between loops and tasks is.
    std::optional<int> separator() const;
    int maxScroll() const;
    /// The scroll position that brings a row into sight with the least change.
    int scrollTo(std::size_t row) const;

    /// Rows to draw; the pinned ones apart.
    struct Rows
    {
        std::size_t first = 0;
        std::size_t last = 0; ///< one past
    };
    Rows pinnedRows() const;
    Rows scrolledRows() const;

private:
    int unscrolledTop(std::size_t row) const;

    std::size_t m_rows = 0;
    std::size_t m_machines = 0;
    int m_viewHeight = 0;
    int m_scroll = 0;
    int m_headHeight = 0; ///< loops, workers and the line below them
    bool m_pinned = false;
};

} // namespace coroscope::ui
