// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace coroscope::io {

/// How the values of a field stand in their column.
enum class Encoding : std::uint8_t {
    Number, ///< varint
    Difference, ///< zigzag varint: to the field's last value in this chunk, at first to 0; modulo 2^64
    String, ///< varint: number of a string of the pool, 0 for none
    Location, ///< varint: number of a location of the pool, 0 for none
    Text, ///< varint: bytes; then so many, UTF-8
    Step, ///< core/io/stepcolumn.h: minus the field's value in the event before, whatever its type
};

/// Where a field's value is in memory.
enum class Place : std::uint8_t {
    Nowhere, ///< read over: of a later version
    Time,
    Task,
    Cause,
    Kind,
    A,
    B,
    Label, ///< `a`, if the wait's kind has a string there
    Detail, ///< `a`, if it has not
    Site, ///< `b`, a location
    Text,
};

struct Field
{
    QByteArray name;
    Encoding encoding {};
    Place place = Place::Nowhere;
};

/// Events were lost, or texts: what the recorder knows of what it doesn't know.
inline constexpr std::uint8_t eventsLost = 64;
inline constexpr std::uint8_t textsLost = 65;

/// One type of events: what its records hold besides type and thread. Version 1 had no fields for time and
/// task.
struct Schema
{
    std::uint32_t number = 0; ///< in the file
    QByteArray name;
    std::vector<Field> fields;
    /// In memory: trace::EventType, eventsLost or textsLost; none: unknown to this version.
    std::optional<std::uint8_t> type;
};

/// Those that this version writes.
const std::vector<Schema> &schemas();

/// As the content of a chunk: a CBOR array of {"number", "name", "fields": [{"name", "encoding"}]}.
QByteArray writeSchemas();
/// What a file says of its events, matched by name with what this version knows. Nothing if it is damaged.
std::optional<std::vector<Schema>> readSchemas(QByteArrayView content);

/// Whether `a` of a Suspended event is a string.
constexpr bool hasLabel(trace::WaitKind kind)
{
    using trace::WaitKind;
    switch (kind) {
    case WaitKind::Reply:
    case WaitKind::Socket:
    case WaitKind::Command:
    case WaitKind::Job:
    case WaitKind::Signal:
    case WaitKind::Lock:
    case WaitKind::Notifier:
    case WaitKind::Foreign:
        return true;
    default:
        return false;
    }
}

} // namespace coroscope::io
