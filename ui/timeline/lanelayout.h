// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/foldedframes.h"
#include "ui/timeline/lanearrangement.h"

#include "core/model/tracestore.h"

#include <QHash>

#include <optional>
#include <vector>

namespace coroscope::ui {

/// What of a lane's descendants has lanes of its own.
enum class Fold : std::uint8_t {
    Closed, ///< nothing; when they run is drawn in the lane itself
    Tasks, ///< spawned tasks; coroutines that they merely call are drawn in their caller's lane
    Frames, ///< called coroutines too
};
/// What a person chose; a task that isn't in it is folded as defaultFold() says.
using Folds = QHash<TaskId, Fold>;

struct Lane
{
    TaskId task;
    trace::EntityKind entity = trace::EntityKind::Coroutine;
    int depth = 0;
    Fold fold = Fold::Tasks;
    bool hasTasks = false; ///< it has spawned descendants to show or hide
    bool hasFrames = false; ///< it has called coroutines to show or fold

    bool expandable() const { return hasTasks || hasFrames; }
    /// Something that could be hidden is shown.
    bool expanded() const
    {
        return (fold != Fold::Closed && hasTasks) || (fold == Fold::Frames && hasFrames);
    }
};

/// One step further open: tasks first, then coroutines.
Fold opened(const Lane &lane);
/// One step less.
Fold closed(const Lane &lane);

/// Which lanes there are, and in which lane each task is drawn. Loops and workers come first, then what is
/// pinned, then the tree.
class LaneLayout
{
public:
    /// Reads everything anew: O(tasks).
    void rebuild(const model::TraceStore &store, const Folds &folds);
    /// Orders, filters and pins: O(lanes · log lanes). Kept by rebuild().
    void arrange(const model::TraceStore &store, const LaneArrangement &arrangement);
    const LaneArrangement &arrangement() const { return m_arrangement; }
    /// Takes over what a commit brought. True if the lanes changed. O(changes), plus O(lanes) where a lane
    /// came up between others or they are arranged.
    bool apply(const model::TraceStore &store, const Folds &folds, const model::ChangeSet &changes);

    std::size_t size() const { return m_rows.size(); }
    const Lane &lane(std::size_t row) const { return m_lanes[m_rows[row]].lane; }
    /// How many lanes of loops and workers stand on top.
    std::size_t machineLanes() const { return m_machines.size(); }
    /// Those and the pinned ones: they stay in sight where there is room for that.
    std::size_t topLanes() const { return m_machines.size() + m_pinned; }
    bool isPinned(std::size_t row) const { return row >= machineLanes() && row < topLanes(); }
    /// There are lanes of tasks, seen or hidden.
    bool hasTasks() const { return m_lanes.size() > m_machines.size(); }
    /// The lane that shows the task: its own, the one it is folded into, or the closed one that hides it.
    /// None where that is filtered out.
    std::optional<std::size_t> rowOf(TaskId task) const;
    bool hasOwnLane(TaskId task) const;
    /// The row of the lane above in the tree.
    std::optional<std::size_t> parentRow(std::size_t row) const;
    /// One past the lane and what is below it in the tree.
    std::size_t blockEnd(std::size_t row) const;
    /// The rows among which a lane can be moved, its own too, from top to bottom: those of its siblings, or
    /// the pinned ones. None of a loop's or worker's. O(siblings · log siblings).
    std::vector<std::size_t> siblingRows(std::size_t row) const;
    /// The siblings in the tree as they stand, seen or hidden.
    std::vector<TaskId> siblings(std::size_t row) const;
    /// The descendants without a lane, which are drawn in this one together with its task.
    const FoldedFrames &folded(std::size_t row) const { return m_lanes[m_rows[row]].folded; }

    static Fold defaultFold(const model::Task &task);

private:
    static constexpr std::uint32_t none = ~0u;
    struct Place
    {
        std::uint32_t lane; ///< shown there
        std::uint32_t frame = none; ///< its number among the lane's folded frames
        bool own = false; ///< the lane is its own
    };
    struct Node
    {
        Lane lane;
        std::uint32_t parent = none;
        std::uint32_t row = none; ///< none: filtered out
        std::uint32_t order = none; ///< from top to bottom, with those that are filtered out or pinned
        std::uint32_t byHand = none; ///< its place in an order made by hand
        bool pinned = false;
        bool matches = true; ///< the filter
        std::vector<std::uint32_t> children; ///< ordered by hand, then as created
        FoldedFrames folded;
    };
    enum class Effect : std::uint8_t { None, Appended, Inserted };

    static bool isMachine(trace::EntityKind kind)
    {
        return kind == trace::EntityKind::Loop || kind == trace::EntityKind::Worker;
    }
    Effect place(const model::Task &task, const Folds &folds);
    Effect placeBelow(const model::Task &task, const Folds &folds, std::uint32_t parent);
    std::uint32_t addLane(const model::Task &task, const Folds &folds, std::uint32_t parent);
    void arrange(const model::TraceStore &store);
    void orderByHand();
    const std::vector<std::uint32_t> &siblingsOf(const Node &node) const;
    bool matchesFilter(const model::Task &task) const;
    std::vector<bool> unfiltered() const;
    /// `numbers`, of siblings, as they are sorted.
    std::vector<std::uint32_t> sorted(const model::TraceStore &store,
                                      std::vector<std::uint32_t> numbers) const;

    std::vector<Node> m_lanes; ///< in order of creation
    std::vector<std::uint32_t> m_rows; ///< from top to bottom, numbers in m_lanes
    std::vector<std::uint32_t> m_machines;
    std::vector<std::uint32_t> m_roots; ///< as Node::children
    std::size_t m_pinned = 0;
    LaneArrangement m_arrangement;
    QHash<TaskId, Place> m_places;
};

} // namespace coroscope::ui
