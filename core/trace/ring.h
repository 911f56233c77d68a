// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QByteArray>
#include <QByteArrayView>

#include <atomic>
#include <cstdint>
#include <memory>

namespace coroscope::trace {

/// A bounded lock-free queue of events and their texts, from one thread to the recorder's consumer.
///
/// The producer never waits and never grows the ring: what doesn't fit is dropped and counted. A small
/// reserve is kept for events that begin, announce or end a task, so that overload loses detail before it
/// loses tasks.
class Ring
{
public:
    /// Both sizes are powers of two.
    Ring(std::uint32_t thread, std::size_t events, std::size_t textBytes);

    std::uint32_t thread() const noexcept { return m_thread; }

    // --- the producing thread ------------------------------------------------------------------------
    void push(const Event &event, bool important) noexcept
    {
        if (!hasRoom(important)) [[unlikely]] {
            countLoss(event.ticks);
            return;
        }
        m_events[m_headLocal & m_mask] = event;
        m_head.store(++m_headLocal, std::memory_order_release);
    }
    /// A text longer than this is cut; `Event::b` keeps the length that it had.
    static constexpr std::size_t maxText = 64 * 1024;
    void pushText(Event event, QByteArrayView text) noexcept;
    void retire() noexcept { m_retired.store(true, std::memory_order_release); }

    // --- the consumer ----------------------------------------------------------------------------------
    struct Loss
    {
        std::uint64_t events = 0;
        std::uint64_t texts = 0;
        std::uint64_t ticks = 0; ///< of the first event lost since the last call
    };
    Loss takeLoss() noexcept;
    bool isRetired() const noexcept { return m_retired.load(std::memory_order_acquire); }
    /// Refreshes what is seen of the producer.
    void look() noexcept { m_seen = m_head.load(std::memory_order_acquire); }
    bool isEmpty() const noexcept { return m_tailLocal == m_seen; }
    const Event &front() const noexcept { return m_events[m_tailLocal & m_mask]; }
    /// The text of the front event, a Text. Valid until pop().
    QByteArrayView frontText();
    void pop() noexcept;
    /// Gives the room of popped events back to the producer.
    void release() noexcept;

private:
    bool hasRoom(bool important) noexcept
    {
        const std::uint64_t limit = important ? m_mask + 1 : m_mask + 1 - m_reserve;
        if (m_headLocal - m_tailSeen < limit) [[likely]]
            return true;
        m_tailSeen = m_tail.load(std::memory_order_acquire);
        return m_headLocal - m_tailSeen < limit;
    }
    void countLoss(std::uint64_t ticks) noexcept;

    // Written by the producer.
    alignas(64) std::atomic<std::uint64_t> m_head {0};
    std::uint64_t m_headLocal = 0;
    std::uint64_t m_tailSeen = 0;
    std::uint64_t m_textHead = 0; // published by the event that follows it
    std::atomic<std::uint64_t> m_lostEvents {0};
    std::atomic<std::uint64_t> m_lostTexts {0};
    std::atomic<std::uint64_t> m_lostSince {0};
    std::atomic<std::uint64_t> m_lostLast {0};
    std::atomic<bool> m_retired {false};
    // Written by the consumer.
    alignas(64) std::atomic<std::uint64_t> m_tail {0};
    std::atomic<std::uint64_t> m_textTail {0};
    std::uint64_t m_tailLocal = 0;
    std::uint64_t m_textTailLocal = 0;
    std::uint64_t m_seen = 0;
    std::uint64_t m_lostEventsTaken = 0;
    std::uint64_t m_lostTextsTaken = 0;
    QByteArray m_wrapped;
    // Fixed.
    alignas(64) std::unique_ptr<Event[]> m_events;
    std::unique_ptr<char[]> m_text;
    std::uint64_t m_mask;
    std::uint64_t m_reserve;
    std::uint64_t m_textMask;
    std::uint32_t m_thread;
};

} // namespace coroscope::trace
