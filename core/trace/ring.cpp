// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/ring.h"

#include <algorithm>
#include <cstring>

namespace coroscope::trace {

Ring::Ring(std::uint32_t thread, std::size_t events, std::size_t textBytes)
    // Left uninitialized: pages that are never used are never touched.
    : m_events(new Event[events])
    , m_text(new char[textBytes])
    , m_mask(events - 1)
    , m_reserve(events / 32)
    , m_textMask(textBytes - 1)
    , m_thread(thread)
{ }

void Ring::countLoss(std::uint64_t ticks) noexcept
{
    // The times before the count: who sees the count sees when.
    m_lostLast.store(ticks, std::memory_order_relaxed);
    if (m_lostSince.load(std::memory_order_relaxed) == 0)
        m_lostSince.store(ticks, std::memory_order_relaxed);
    // Only this thread adds, so no read-modify-write is needed.
    m_lostEvents.store(m_lostEvents.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

namespace {

/// The longest beginning of at most `size` bytes that ends between two characters of UTF-8.
std::uint64_t wholeCharacters(QByteArrayView text, std::uint64_t size)
{
    if (size >= std::uint64_t(text.size()))
        return size;
    while (size > 0 && (static_cast<unsigned char>(text[qsizetype(size)]) & 0xC0) == 0x80)
        --size;
    return size;
}

} // namespace

void Ring::pushText(Event event, QByteArrayView text) noexcept
{
    const auto had = std::uint64_t(text.size());
    const std::uint64_t size = wholeCharacters(text,
                                               std::min<std::uint64_t>({had, maxText, (m_textMask + 1) / 4}));
    const std::uint64_t used = m_textHead - m_textTail.load(std::memory_order_acquire);
    if (used + size > m_textMask + 1 || !hasRoom(false)) {
        m_lostTexts.store(m_lostTexts.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        return;
    }
    const std::uint64_t at = m_textHead & m_textMask;
    const std::uint64_t first = std::min(size, m_textMask + 1 - at);
    if (size > 0) {
        std::memcpy(m_text.get() + at, text.data(), first);
        std::memcpy(m_text.get(), text.data() + first, size - first);
    }
    m_textHead += size;
    event.a = size;
    event.b = had;
    push(event, false);
}

Ring::Loss Ring::takeLoss() noexcept
{
    Loss loss;
    const std::uint64_t events = m_lostEvents.load(std::memory_order_acquire);
    const std::uint64_t texts = m_lostTexts.load(std::memory_order_acquire);
    loss.events = events - m_lostEventsTaken;
    loss.texts = texts - m_lostTextsTaken;
    m_lostEventsTaken = events;
    m_lostTextsTaken = texts;
    if (loss.events) {
        loss.ticks = m_lostSince.exchange(0, std::memory_order_relaxed);
        if (loss.ticks == 0) // taken with the batch before, while the producer was in the middle of counting
            loss.ticks = m_lostLast.load(std::memory_order_relaxed);
    }
    return loss;
}

QByteArrayView Ring::frontText()
{
    const std::uint64_t size = front().a;
    const std::uint64_t at = m_textTailLocal & m_textMask;
    if (at + size <= m_textMask + 1)
        return {m_text.get() + at, qsizetype(size)};
    const auto first = qsizetype(m_textMask + 1 - at);
    m_wrapped = QByteArray(m_text.get() + at, first);
    m_wrapped.append(m_text.get(), qsizetype(size) - first);
    return m_wrapped;
}

void Ring::pop() noexcept
{
    if (front().type == EventType::Text)
        m_textTailLocal += front().a;
    ++m_tailLocal;
}

void Ring::release() noexcept
{
    m_tail.store(m_tailLocal, std::memory_order_release);
    m_textTail.store(m_textTailLocal, std::memory_order_release);
}

} // namespace coroscope::trace
