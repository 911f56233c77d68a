// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QString>

#include <chrono>
#include <cstdint>

namespace coroscope::model {

/// A time in a session: nanoseconds since the session's start. One clock for all threads.
using Time = std::chrono::duration<std::int64_t, std::nano>;

struct LocationTag;
/// A source location in the store's pool; zero: unknown.
using LocationId = Id<LocationTag>;
/// An observed thread, counted from 1 in order of first event.
using ThreadId = Id<struct ThreadTag>;

struct Location
{
    QString function; ///< cleaned: "download(DownloadSpec)"
    QString file; ///< as the compiler saw it, project-relative where the build maps it so
    int line = 0;
};

/// A trace::Event as the store takes it: no pointer into the traced process is left.
///
/// As trace::Event, but: `b` of Created, FirstSeen, Located and Suspended is a LocationId of the store; `a`
/// of Suspended is a StringId of the store's pool where trace::Event has one, and for WaitKind::Foreign too;
/// `text` is set for EventType::Text alone.
struct TraceEvent
{
    Time time {};
    ThreadId thread;
    std::uint32_t task = 0;
    trace::EventType type {};
    trace::Cause cause {};
    std::uint16_t kind = 0;
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    QString text;
};

} // namespace coroscope::model
