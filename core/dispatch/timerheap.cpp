// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/timerheap.h"

#include <algorithm>

namespace coroscope {

void TimerHeap::place(TimerNode &node, std::uint32_t index) noexcept
{
    m_nodes[index] = &node;
    node.m_index = index;
}

void TimerHeap::siftUp(std::uint32_t index) noexcept
{
    TimerNode &node = *m_nodes[index];
    while (index > 0) {
        const std::uint32_t parent = (index - 1) / 4;
        if (!isBefore(node, *m_nodes[parent]))
            break;
        place(*m_nodes[parent], index);
        index = parent;
    }
    place(node, index);
}

void TimerHeap::siftDown(std::uint32_t index) noexcept
{
    TimerNode &node = *m_nodes[index];
    const auto count = std::uint32_t(m_nodes.size());
    for (;;) {
        const std::uint32_t firstChild = index * 4 + 1;
        if (firstChild >= count)
            break;
        std::uint32_t least = firstChild;
        for (std::uint32_t c = firstChild + 1; c < std::min(firstChild + 4, count); ++c)
            if (isBefore(*m_nodes[c], *m_nodes[least]))
                least = c;
        if (!isBefore(*m_nodes[least], node))
            break;
        place(*m_nodes[least], index);
        index = least;
    }
    place(node, index);
}

void TimerHeap::add(TimerNode &node, std::int64_t due)
{
    m_nodes.push_back(&node);
    node.m_due = due;
    node.m_sequence = ++m_lastSequence;
    node.m_index = std::uint32_t(m_nodes.size() - 1);
    siftUp(node.m_index);
}

void TimerHeap::remove(TimerNode &node) noexcept
{
    const std::uint32_t index = node.m_index;
    if (index == TimerNode::none)
        return;
    node.m_index = TimerNode::none;
    TimerNode *const last = m_nodes.back();
    m_nodes.pop_back();
    if (last == &node)
        return;
    place(*last, index);
    siftUp(index);
    siftDown(last->m_index);
}

TimerNode &TimerHeap::takeFirst() noexcept
{
    TimerNode &node = first();
    remove(node);
    return node;
}

} // namespace coroscope
