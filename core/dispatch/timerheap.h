// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace coroscope {

/// An entry of a TimerHeap; it lives in what waits. Take it out of its heap before it dies.
class TimerNode
{
public:
    TimerNode() = default;
    TimerNode(const TimerNode &) = delete;
    TimerNode &operator=(const TimerNode &) = delete;

    bool isArmed() const noexcept { return m_index != none; }
    std::int64_t due() const noexcept { return m_due; }
    /// Called by the loop once the time has come; the node is out of the heap by then.
    virtual void timeIsUp() noexcept = 0;

protected:
    ~TimerNode() = default;

private:
    friend class TimerHeap;
    static constexpr std::uint32_t none = ~std::uint32_t(0);
    std::int64_t m_due = 0; // of the loop's clock, in ns
    std::uint64_t m_sequence = 0;
    std::uint32_t m_index = none;
};

/// A 4-ary heap; equal times come out in the order in which they were added.
class TimerHeap
{
public:
    bool isEmpty() const noexcept { return m_nodes.empty(); }
    std::size_t size() const noexcept { return m_nodes.size(); }
    TimerNode &first() const noexcept { return *m_nodes.front(); }
    void add(TimerNode &node, std::int64_t due);
    void remove(TimerNode &node) noexcept;
    TimerNode &takeFirst() noexcept;

private:
    static bool isBefore(const TimerNode &a, const TimerNode &b) noexcept
    {
        return a.m_due != b.m_due ? a.m_due < b.m_due : a.m_sequence < b.m_sequence;
    }
    void place(TimerNode &node, std::uint32_t index) noexcept;
    void siftUp(std::uint32_t index) noexcept;
    void siftDown(std::uint32_t index) noexcept;

    std::vector<TimerNode *> m_nodes;
    std::uint64_t m_lastSequence = 0;
};

} // namespace coroscope
