// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timelineview.h"

namespace coroscope::ui {

/// Moves through a timeline on behalf of keys and clicks.
class Navigation
{
public:
    explicit Navigation(TimelineView &view);

    /// Shows the selected slice, else the selected task's life; if it is shown already or nothing is
    /// selected, all.
    void fit();
    void fitAll();
    void zoomTo(TimeRange range);
    /// Selects the slice `step` further in the selected lane and brings it into sight.
    void stepSlice(int step);
    /// Selects the lane `step` further down.
    void stepLane(int step);
    /// Opens the selected lane a step further; a lane that is open: goes to the one below it in the tree.
    void open();
    /// Closes the selected lane by a step; a closed lane: goes to the one above it in the tree.
    void close();
    void goToBegin();
    void zoomToSelectedSlice();

private:
    std::optional<std::size_t> selectedRow() const;
    void selectRow(std::size_t row);
    /// Of the selected slice, with the wait after it.
    std::optional<TimeRange> selectedStretch() const;

    struct Fitted
    {
        TimeRange range;
        TaskId task;
        std::optional<std::uint32_t> slice;
        friend bool operator==(const Fitted &, const Fitted &) = default;
    };
    Fitted current() const;

    TimelineView &m_view;
    std::optional<Fitted> m_fitted; ///< what the last fit() made of the view
};

/// What the eye needs around a slice to place it.
TimeRange withContext(TimeRange slice);

} // namespace coroscope::ui
