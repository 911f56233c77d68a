// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/clock.h"
#include "core/trace/event.h"
#include "core/trace/ring.h"

#include <atomic>
#include <cstdint>

namespace coroscope::trace {

struct FrameInfo;

/// What tracing keeps for each thread. Only its own thread touches it.
struct ThreadState
{
    Ring *ring = nullptr;
    std::uint32_t epoch = 0; ///< the recording that this thread has announced itself to
    std::uint8_t announcement = 0; ///< of that recording: 1 … 255, then again from 1
    bool untraced = false; ///< the thread's coroutines leave no trace
    bool keepsFamilies = false; ///< the thread has a Loop: cancellation may walk its frames
    FrameInfo *current = nullptr; ///< the coroutine that runs: the top of the thread's stack of slices
    FrameInfo *base = nullptr; ///< what ran when the loop began its current step: a nested loop's host
    Cause cause = Cause::None; ///< set by a waker just before resume(), consumed by the next slice
    std::uint64_t who = 0; ///< belongs to cause
    std::uint32_t nextId = 0;
    std::uint32_t lastId = 0;
    std::uint32_t adoptedId = 0; ///< the identity of the next coroutine: a spawned task's
};

inline constinit thread_local ThreadState thisThread {};

namespace detail {
/// The running recording's number, zero while none runs.
inline constinit std::atomic<std::uint32_t> epoch {0};
/// Out of line: makes the thread's ring and announces its live frames. Null: this thread isn't traced.
Ring *enterEpoch(std::uint32_t epoch);
std::uint32_t reserveIds(ThreadState &thread);
} // namespace detail

inline bool isRecording() noexcept { return detail::epoch.load(std::memory_order_relaxed) != 0; }

/// The running recording's number; zero while none runs. For what has to tell each recording of itself.
inline std::uint32_t recordingNumber() noexcept { return detail::epoch.load(std::memory_order_relaxed); }

/// A number never used before in this process; never 0.
inline std::uint32_t newId()
{
    ThreadState &thread = thisThread;
    if (thread.nextId == thread.lastId) [[unlikely]]
        return detail::reserveIds(thread);
    return thread.nextId++;
}

inline Ring *ringForEvent()
{
    const std::uint32_t epoch = detail::epoch.load(std::memory_order_relaxed);
    if (thisThread.epoch != epoch) [[unlikely]]
        return epoch ? detail::enterEpoch(epoch) : nullptr;
    return thisThread.ring;
}

/// Writes an event down, now. Call it only while isRecording().
inline void record(std::uint32_t task, EventType type, Cause cause, std::uint16_t kind, std::uint64_t a,
                   std::uint64_t b)
{
    if (Ring *ring = ringForEvent())
        ring->push({Clock::ticks(), task, type, cause, kind, a, b},
                   type == EventType::Created || type == EventType::FirstSeen || type == EventType::Finished
                       || type == EventType::Destroyed);
}

/// Writes a text event down, now: UTF-8. Call it only while isRecording().
void recordText(std::uint32_t task, TextKind kind, QByteArrayView utf8);
void recordText(std::uint32_t task, TextKind kind, const QString &text);

} // namespace coroscope::trace
