// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanelayout.h"

#include <algorithm>

namespace coroscope::ui {

using model::Task;
using trace::EntityKind;

static bool isMachine(EntityKind kind) { return kind == EntityKind::Loop || kind == EntityKind::Worker; }

Fold LaneLayout::defaultFold(const Task &task)
{
    // Opening a task shows all of its coroutines, not only the outermost.
    return task.entity == EntityKind::Coroutine && task.parent ? Fold::Frames : Fold::Tasks;
}

void LaneLayout::rebuild(const model::TraceStore &store, const Folds &folds)
{
    *this = {};
    m_places.reserve(static_cast<qsizetype>(store.tasks().size()));
    for (const TaskId id : store.tasks()) { // a parent comes before its children
        if (const Task *task = store.task(id))
            place(*task, folds);
    }
    arrange();
}

bool LaneLayout::apply(const model::TraceStore &store, const Folds &folds, const model::ChangeSet &changes)
{
    if (changes.cleared) {
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
        if (found->frame != none && task->ended)
            m_lanes[found->lane].folded.setEnd(found->frame, *task->ended);
    }
    if (effect == Effect::Inserted)
        arrange();
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
    return m_lanes[found->lane].row;
}

bool LaneLayout::hasOwnLane(TaskId task) const
{
    const auto found = m_places.constFind(task);
    return found != m_places.cend() && found->own;
}

std::optional<std::size_t> LaneLayout::parentRow(std::size_t row) const
{
    const std::uint32_t parent = m_lanes[m_rows[row]].parent;
    if (parent == none)
        return {};
    return m_lanes[parent].row;
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
    return Effect::Appended;
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
    m_lanes.push_back(std::move(node));
    m_places.insert(task.id, {.lane = number, .own = true});
    return number;
}

void LaneLayout::arrange()
{
    m_rows.clear();
    m_rows.reserve(m_lanes.size());
    // Workers are heard of in the order in which they find work.
    std::sort(m_machines.begin(), m_machines.end(),
              [this](auto a, auto b) { return m_lanes[a].lane.task < m_lanes[b].lane.task; });
    for (const auto kind : {EntityKind::Loop, EntityKind::Worker}) {
        for (const std::uint32_t number : m_machines) {
            if (m_lanes[number].lane.entity == kind)
                m_rows.push_back(number);
        }
    }
    // A chain of a million awaits must not become a recursion as deep.
    std::vector<std::uint32_t> pending(m_roots.rbegin(), m_roots.rend());
    while (!pending.empty()) {
        const std::uint32_t number = pending.back();
        pending.pop_back();
        m_rows.push_back(number);
        const Node &node = m_lanes[number];
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
            m_lanes[*child].lane.depth = node.lane.depth + 1;
            pending.push_back(*child);
        }
    }
    for (std::uint32_t row = 0; row < m_rows.size(); ++row)
        m_lanes[m_rows[row]].row = row;
}

} // namespace coroscope::ui
