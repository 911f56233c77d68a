// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/slicesteps.h"
#include "ui/timeline/timelineview.h"

namespace coroscope::ui {

/// Moves through a timeline on behalf of keys and clicks.
class Navigation
{
public:
    explicit Navigation(TimelineView &view);

    /// Shows the region, else the selected slice, else the selected task's life; if it is shown already or
    /// nothing is selected, all.
    void fit();
    void fitAll();
    /// What fitAll() shows: the session, with room for what the last task came to.
    TimeRange all() const;
    /// With a way back.
    void zoomTo(TimeRange range, Jump jump = Jump::Fit);
    /// Selects the slice beside the selected one in its lane, which may be that of a coroutine drawn there,
    /// and brings it into sight.
    void stepSlice(StepTo to);
    /// Selects the slice that caused the selected one, and brings it into sight.
    void toCause();
    /// Back to the slice that toCause() came from, else to the first one that the selected slice caused.
    void toEffect();
    /// The slice that toCause() came from, while what it went to is selected.
    std::optional<SliceRef> cameFrom() const;
    /// Selects the lane `step` further down.
    void stepLane(int step);
    /// Opens the selected lane a step further; a lane that is open: goes to the one below it in the tree.
    void open();
    /// Closes the selected lane by a step; a closed lane: goes to the one above it in the tree.
    void close();
    /// Selects a slice and brings it into sight, with a way back.
    void goTo(SliceRef slice, Jump jump);
    /// Pins the selected lane to the top, or unpins it.
    void togglePin();
    /// Moves the selected lane among its siblings, or among the pinned ones, and keeps it in sight.
    void moveLane(LaneMove move);
    void goToBegin();
    void zoomToSelectedSlice();

private:
    std::optional<std::size_t> selectedRow() const;
    void selectRow(std::size_t row);
    /// Where no slice is selected, the selected lane's in the middle of the picture.
    std::optional<SliceRef> selectedSlice() const;
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
    std::vector<SliceRef> m_trail; ///< from effects to causes
    std::optional<SliceRef> m_trailEnd; ///< the cause that it has come to
    std::optional<Fitted> m_fitted; ///< what the last fit() made of the view
};

/// What the eye needs around a slice to place it.
TimeRange withContext(TimeRange slice);

} // namespace coroscope::ui
