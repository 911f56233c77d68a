// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanelayout.h"

#include <algorithm>

namespace coroscope::ui {

using model::Task;
using trace::EntityKind;

bool LaneLayout::matchesFilter(const Task &task) const
{
    return m_arrangement.filter.isEmpty() || task.name.contains(m_arrangement.filter, Qt::CaseInsensitive);
}

void LaneLayout::arrange(const model::TraceStore &store, const LaneArrangement &arrangement)
{
    const bool sameOrder = m_arrangement.byHand == arrangement.byHand;
    m_arrangement = arrangement;
    for (Node &node : m_lanes) {
        const Task *task = store.task(node.lane.task);
        node.matches = task && matchesFilter(*task);
    }
    if (!sameOrder)
        orderByHand();
    arrange(store);
}

void LaneLayout::orderByHand()
{
    for (Node &node : m_lanes)
        node.byHand = none;
    for (std::uint32_t place = 0; place < m_arrangement.byHand.size(); ++place) {
        const auto found = m_places.constFind(m_arrangement.byHand[place]);
        if (found != m_places.cend() && found->own)
            m_lanes[found->lane].byHand = place;
    }
    const auto order = [this](std::vector<std::uint32_t> &numbers) {
        std::sort(numbers.begin(), numbers.end(), [this](auto a, auto b) {
            return std::pair(m_lanes[a].byHand, a) < std::pair(m_lanes[b].byHand, b);
        });
    };
    order(m_roots);
    for (Node &node : m_lanes)
        order(node.children);
}

std::vector<bool> LaneLayout::unfiltered() const
{
    std::vector<bool> shown(m_lanes.size());
    // Children come after their parents, who are shown with them.
    for (std::size_t i = m_lanes.size(); i-- > 0;) {
        if (m_lanes[i].matches)
            shown[i] = true;
        if (shown[i] && m_lanes[i].parent != none)
            shown[m_lanes[i].parent] = true;
    }
    return shown;
}

std::vector<std::uint32_t> LaneLayout::sorted(const model::TraceStore &store,
                                              std::vector<std::uint32_t> numbers) const
{
    const auto task = [&](std::uint32_t number) { return store.task(m_lanes[number].lane.task); };
    const auto first = std::find_if(numbers.begin(), numbers.end(),
                                    [this](auto number) { return m_lanes[number].byHand == none; });
    if (m_arrangement.sort == LaneSort::Busy) {
        const auto busy = [&](std::uint32_t number) {
            const Task *known = task(number);
            return known ? known->busy + known->stepsBusy : model::Time {};
        };
        std::sort(first, numbers.end(),
                  [&](auto a, auto b) { return std::pair(busy(b), a) < std::pair(busy(a), b); });
    } else if (m_arrangement.sort == LaneSort::Name) {
        std::sort(first, numbers.end(), [&](auto a, auto b) {
            const Task *left = task(a);
            const Task *right = task(b);
            const int order = left && right ? left->name.compare(right->name, Qt::CaseInsensitive) : 0;
            return order != 0 ? order < 0 : a < b;
        });
    }
    return numbers;
}

void LaneLayout::arrange(const model::TraceStore &store)
{
    m_rows.clear();
    m_rows.reserve(m_lanes.size());
    for (Node &node : m_lanes) {
        node.row = none;
        node.pinned = false;
    }
    // Workers are heard of in the order in which they find work.
    std::sort(m_machines.begin(), m_machines.end(),
              [this](auto a, auto b) { return m_lanes[a].lane.task < m_lanes[b].lane.task; });
    for (const auto kind : {EntityKind::Loop, EntityKind::Worker}) {
        for (const std::uint32_t number : m_machines) {
            if (m_lanes[number].lane.entity == kind)
                m_rows.push_back(number);
        }
    }
    for (const TaskId id : m_arrangement.pinned) {
        const auto found = m_places.constFind(id);
        if (found == m_places.cend() || !found->own || isMachine(m_lanes[found->lane].lane.entity))
            continue;
        m_lanes[found->lane].pinned = true;
        m_lanes[found->lane].lane.depth = 0;
        m_rows.push_back(found->lane);
    }
    m_pinned = m_rows.size() - m_machines.size();
    const std::vector<bool> shown = m_arrangement.filter.isEmpty() ? std::vector<bool> {} : unfiltered();
    struct Pending
    {
        std::uint32_t number;
        int depth;
    };
    std::vector<Pending> pending;
    std::uint32_t order = 0;
    const auto push = [&](const std::vector<std::uint32_t> &numbers, int depth) {
        for (auto number = numbers.rbegin(); number != numbers.rend(); ++number)
            pending.push_back({*number, depth});
    };
    const bool plain = m_arrangement.sort == LaneSort::Start;
    push(plain ? m_roots : sorted(store, m_roots), 0);
    // A chain of a million awaits must not become a recursion as deep.
    while (!pending.empty()) {
        const Pending next = pending.back();
        pending.pop_back();
        Node &node = m_lanes[next.number];
        node.order = order++;
        if (!node.pinned) {
            node.lane.depth = next.depth;
            if (shown.empty() || shown[next.number])
                m_rows.push_back(next.number);
        }
        // What is below a pinned lane takes its place.
        push(plain ? node.children : sorted(store, node.children), next.depth + (node.pinned ? 0 : 1));
    }
    for (std::uint32_t row = 0; row < m_rows.size(); ++row)
        m_lanes[m_rows[row]].row = row;
}

} // namespace coroscope::ui
