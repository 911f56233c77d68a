// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanelayout.h"

#include <algorithm>

// Which lanes there are; their order is in lanelayout_arrange.cpp.
namespace coroscope::ui {

using model::Task;
using trace::EntityKind;

Fold LaneLayout::defaultFold(const Task &task)
{
    // Opening a task shows all of its coroutines, not only the outermost.
    return task.entity == EntityKind::Coroutine && task.parent ? Fold::Frames : Fold::Tasks;
}

void LaneLayout::rebuild(const model::TraceStore &store, const Folds &folds)
{
    LaneLayout fresh;
    fresh.m_arrangement = std::move(m_arrangement);
    *this = std::move(fresh);
    m_places.reserve(static_cast<qsizetype>(store.tasks().size()));
    for (const TaskId id : store.tasks()) { // a parent comes before its children
        if (const Task *task = store.task(id))
            place(*task, folds);
    }
    // What is gone is forgotten here too: this is called whenever tasks are.
    std::erase_if(m_arrangement.byHand, [this](TaskId id) { return !m_places.contains(id); });
    if (!m_arrangement.byHand.empty())
        orderByHand();
    arrange(store);
}

bool LaneLayout::apply(const model::TraceStore &store, const Folds &folds, const model::ChangeSet &changes)
{
    if (changes.cleared || !changes.forgotten.empty()) {
        rebuild(store, folds);
        return true;
    }
    Effect effect = Effect::None;
    for (const TaskId id : changes.created) {
        const Task *task = store.task(id);
        if (task && !m_places.contains(id))
            effect = std::max(effect, place(*task, folds));
    }
    for (const TaskId id : changes.changed) {
        const auto found = m_places.constFind(id);
        const Task *task = store.task(id);
        if (found == m_places.cend() || !task)
            continue;
        if (found->own && m_lanes[found->lane].lane.entity != task->entity) {
            // It was met before its creation was heard of; now it is known what it is.
            rebuild(store, folds);
            return true;
        }
        if (Node &node = m_lanes[found->lane]; found->own && node.matches != matchesFilter(*task)) {
            node.matches = !node.matches;
            effect = Effect::Inserted;
        }
        if (found->frame != none && task->ended)
            m_lanes[found->lane].folded.setEnd(found->frame, *task->ended);
    }
    if (effect == Effect::Inserted)
        arrange(store);
    return effect != Effect::None;
}

Fold opened(const Lane &lane)
{
    if (lane.fold == Fold::Closed && lane.hasTasks)
        return Fold::Tasks;
    return lane.hasFrames ? Fold::Frames : Fold::Tasks;
}

Fold closed(const Lane &lane)
{
    if (lane.fold == Fold::Frames && lane.hasFrames && lane.hasTasks)
        return Fold::Tasks;
    return lane.hasTasks ? Fold::Closed : Fold::Tasks;
}

std::optional<std::size_t> LaneLayout::rowOf(TaskId task) const
{
    const auto found = m_places.constFind(task);
    if (found == m_places.cend())
        return {};
    const std::uint32_t row = m_lanes[found->lane].row;
    return row == none ? std::nullopt : std::optional<std::size_t>(row);
}

bool LaneLayout::hasOwnLane(TaskId task) const
{
    const auto found = m_places.constFind(task);
    return found != m_places.cend() && found->own;
}

std::optional<std::size_t> LaneLayout::parentRow(std::size_t row) const
{
    const std::uint32_t parent = m_lanes[m_rows[row]].parent;
    if (parent == none || m_lanes[parent].row == none)
        return {};
    return m_lanes[parent].row;
}

std::size_t LaneLayout::blockEnd(std::size_t row) const
{
    std::size_t end = row + 1;
    if (row < topLanes())
        return end;
    while (end < size() && lane(end).depth > lane(row).depth)
        ++end;
    return end;
}

const std::vector<std::uint32_t> &LaneLayout::siblingsOf(const Node &node) const
{
    return node.parent == none ? m_roots : m_lanes[node.parent].children;
}

std::vector<std::size_t> LaneLayout::siblingRows(std::size_t row) const
{
    std::vector<std::size_t> rows;
    if (row < machineLanes())
        return rows;
    if (isPinned(row)) {
        for (std::size_t pinned = machineLanes(); pinned < topLanes(); ++pinned)
            rows.push_back(pinned);
        return rows;
    }
    for (const std::uint32_t number : siblingsOf(m_lanes[m_rows[row]])) {
        if (const Node &node = m_lanes[number]; node.row != none && !node.pinned)
            rows.push_back(node.row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<TaskId> LaneLayout::siblings(std::size_t row) const
{
    std::vector<std::uint32_t> numbers = siblingsOf(m_lanes[m_rows[row]]);
    // New ones, which have no place in the order yet, come last.
    std::sort(numbers.begin(), numbers.end(), [this](auto a, auto b) {
        return std::pair(m_lanes[a].order, a) < std::pair(m_lanes[b].order, b);
    });
    std::vector<TaskId> tasks;
    tasks.reserve(numbers.size());
    for (const std::uint32_t number : numbers)
        tasks.push_back(m_lanes[number].lane.task);
    return tasks;
}

LaneLayout::Effect LaneLayout::place(const Task &task, const Folds &folds)
{
    if (isMachine(task.entity)) {
        m_machines.push_back(addLane(task, folds, none));
        return Effect::Inserted;
    }
    const auto above = m_places.constFind(task.parent);
    if (above != m_places.cend() && !isMachine(m_lanes[above->lane].lane.entity))
        return placeBelow(task, folds, above->lane);
    const std::uint32_t number = addLane(task, folds, none);
    m_roots.push_back(number);
    m_lanes[number].row = static_cast<std::uint32_t>(m_rows.size());
    m_rows.push_back(number);
    return m_arrangement.appends() ? Effect::Appended : Effect::Inserted;
}

LaneLayout::Effect LaneLayout::placeBelow(const Task &task, const Folds &folds, std::uint32_t parent)
{
    Lane &lane = m_lanes[parent].lane;
    const bool spawned = task.entity == EntityKind::Spawned;
    bool &has = spawned ? lane.hasTasks : lane.hasFrames;
    const bool first = !has;
    has = true;
    if (lane.fold == Fold::Frames || (spawned && lane.fold == Fold::Tasks)) {
        const std::uint32_t number = addLane(task, folds, parent);
        m_lanes[parent].children.push_back(number);
        return Effect::Inserted;
    }
    const Place place {.lane = parent, .frame = m_lanes[parent].folded.add(task.id, task.created)};
    if (task.ended)
        m_lanes[parent].folded.setEnd(place.frame, *task.ended);
    m_places.insert(task.id, place);
    return first ? Effect::Appended : Effect::None;
}

std::uint32_t LaneLayout::addLane(const Task &task, const Folds &folds, std::uint32_t parent)
{
    const auto number = static_cast<std::uint32_t>(m_lanes.size());
    Node node;
    node.lane.task = task.id;
    node.lane.entity = task.entity;
    node.lane.fold = folds.value(task.id, defaultFold(task));
    node.parent = parent;
    node.matches = matchesFilter(task);
    m_lanes.push_back(std::move(node));
    m_places.insert(task.id, {.lane = number, .own = true});
    return number;
}

} // namespace coroscope::ui
