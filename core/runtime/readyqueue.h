// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <coroutine>
#include <cstddef>
#include <cstdint>

namespace coroscope {

/// An entry of a ReadyQueue, or of any list of waiters; it lives in what waits and leaves its list when it
/// dies. One step of a loop is one entry.
class ReadyNode
{
public:
    ReadyNode() = default;
    ReadyNode(const ReadyNode &) = delete;
    ReadyNode &operator=(const ReadyNode &) = delete;
    ~ReadyNode() { unlink(); }

    bool isLinked() const noexcept { return m_next; }
    void unlink() noexcept
    {
        if (!m_next)
            return;
        m_previous->m_next = m_next;
        m_next->m_previous = m_previous;
        m_previous = m_next = nullptr;
    }

    std::coroutine_handle<> handle; ///< resumed if `run` is null
    enum class Turn { Comes, NeverComes };
    void (*run)(ReadyNode &, Turn) = nullptr; ///< told too when its loop ends before its turn
    trace::Cause cause = trace::Cause::None; ///< told to the slice that begins
    std::uint64_t who = 0;

private:
    friend class ReadyQueue;
    ReadyNode *m_previous = nullptr;
    ReadyNode *m_next = nullptr;
};

/// First in, first out; nothing is allocated. Not for several threads.
class ReadyQueue
{
public:
    ReadyQueue() { m_end.m_previous = m_end.m_next = &m_end; }
    ReadyQueue(const ReadyQueue &) = delete;
    ReadyQueue &operator=(const ReadyQueue &) = delete;
    ~ReadyQueue()
    {
        while (!isEmpty())
            pop();
        m_end.m_next = nullptr;
    }

    bool isEmpty() const noexcept { return m_end.m_next == &m_end; }
    void push(ReadyNode &node) noexcept
    {
        node.m_previous = m_end.m_previous;
        node.m_next = &m_end;
        m_end.m_previous->m_next = &node;
        m_end.m_previous = &node;
    }
    ReadyNode &front() const noexcept { return *m_end.m_next; }
    ReadyNode &back() const noexcept { return *m_end.m_previous; }
    /// Counts them, one by one.
    std::size_t size() const noexcept
    {
        std::size_t entries = 0;
        for (const ReadyNode *node = m_end.m_next; node != &m_end; node = node->m_next)
            ++entries;
        return entries;
    }
    ReadyNode &pop() noexcept
    {
        ReadyNode &node = front();
        node.unlink();
        return node;
    }

private:
    ReadyNode m_end;
};

} // namespace coroscope
