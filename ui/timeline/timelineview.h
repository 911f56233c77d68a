// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanemoves.h"
#include "ui/timeline/liveclock.h"
#include "ui/timeline/timescale.h"
#include "ui/timeline/viewhistory.h"

#include "core/model/moment.h"
#include "core/model/notes.h"

#include <QObject>

#include <optional>

namespace coroscope::ui {

class Playhead;
class Selection;

/// What a timeline shows of a store: the stretch of time, the lanes, the chosen region, live or frozen. The
/// one owner of that state: widgets draw it and call it, and none of them keeps any of it.
///
/// The picture stands still between two calls of advance(), however much is appended meanwhile.
class TimelineView : public QObject
{
    Q_OBJECT
public:
    TimelineView(model::TraceStore &store, Selection &selection, QObject *parent = nullptr);

    const model::TraceStore &store() const { return m_store; }
    Selection &selection() const { return m_selection; }
    model::NoteList &notes() const { return model::notesOf(m_store); }

    // --- time ----------------------------------------------------------------------------------------
    TimeRange range() const { return m_range; }
    /// Shows `range`; following ends, unless `range` still holds "now".
    void setRange(TimeRange range);
    /// `factor` below 1 shows less. Zooming out while following keeps to "now".
    void zoom(Time anchor, double factor);
    void pan(double share);
    /// All there is, from the session's first event to now; where much was forgotten, the end of that alone.
    TimeRange session() const;

    Time now() const { return m_now; }
    void setClock(LiveClock::Source source) { m_clock.setSource(source); }
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /// A frozen picture neither moves nor grows; recording goes on.
    bool isFrozen() const { return m_frozen; }
    void setFrozen(bool frozen);
    /// The moment that the lanes' states are told of. Null: there is none, only the present. While it is on
    /// the view doesn't follow live, but it follows the playhead while that plays and is in sight.
    void setPlayhead(Playhead &playhead);
    Playhead *playhead() const { return m_playhead; }
    bool isReplaying() const;
    const model::Moment &moment() const;
    /// Takes over what time and store have brought since. Called once a frame.
    void advance();
    /// True while the picture changes although nothing is appended: open waits and slices grow.
    bool isMoving() const;

    std::optional<TimeRange> region() const { return m_region; }
    void setRegion(std::optional<TimeRange> region);

    // --- going back ----------------------------------------------------------------------------------
    /// Called before a jump: goBack() comes back to what is shown now.
    void leave(Jump jump) { m_history.leave(place(), jump); }
    void goBack();
    void goForward();

    // --- lanes ---------------------------------------------------------------------------------------
    const LaneLayout &lanes() const { return m_lanes; }
    void setFold(TaskId lane, Fold fold);
    Fold fold(TaskId lane) const;
    /// Opens all lanes with what is below them, or closes all.
    void foldAll(bool closed);
    /// Kept as long as the session.
    const LaneArrangement &arrangement() const { return m_lanes.arrangement(); }
    void setArrangement(const LaneArrangement &arrangement);
    /// The lane of the task stays on top. Lanes of loops and workers do anyway.
    void setPinned(TaskId lane, bool pinned);
    bool isPinned(TaskId lane) const;
    /// A lane to another place among its siblings, with its children, or a pinned one among the pinned. That
    /// order holds until restoreOrder(). False if it is there already, or can't be moved.
    bool moveLane(TaskId lane, LaneMove move);
    bool moveLane(TaskId lane, std::size_t gap);
    bool isOrderedByHand() const { return !arrangement().byHand.empty(); }
    /// Back to the chosen sort.
    void restoreOrder();
    /// Pixels by which the lanes below the pinned ones are scrolled; widgets keep it within bounds.
    int scroll() const { return m_scroll; }
    void setScroll(int pixels);

signals:
    /// Somebody moved or chose something: the picture needs to be drawn again.
    void changed();
    /// The store has more, and the picture may want a next frame.
    void grown();
    /// Other lanes than before.
    void lanesChanged();
    void frozenChanged(bool frozen);
    /// A lane should be brought into sight.
    void laneWanted(std::size_t row);

private:
    void take(const model::ChangeSet &changes);
    void dropUnknown();
    void letGo();
    void keepUp();
    void followPlayhead();
    void keepInSight(Time time, bool moving);
    void show(TimeRange range);
    Place place() const;
    void restore(const Place &place);
    void reveal(TaskId task, std::optional<std::uint32_t> slice);

    model::TraceStore &m_store;
    Selection &m_selection;
    model::Moment m_present;
    Playhead *m_playhead = nullptr;
    LiveClock m_clock;
    LaneLayout m_lanes;
    Folds m_folds;
    TimeRange m_range;
    Time m_now {};
    std::optional<TimeRange> m_region;
    ViewHistory m_history;
    int m_scroll = 0;
    bool m_following = true;
    struct
    {
        bool isOn = false;
        bool isPlaying = false;
        bool wasFollowing = false; ///< before it was turned on
        Time time {};
    } m_replay; ///< what was last known of the playhead
    bool m_frozen = false;
    bool m_stale = false; ///< frozen, and the lanes have missed changes
};

} // namespace coroscope::ui
