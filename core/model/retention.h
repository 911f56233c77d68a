// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <optional>
#include <variant>

namespace coroscope::model {

/// How much of a session is kept. What goes beyond any of the limits is forgotten, the oldest first; without
/// a limit all is kept. Tasks that still live stay, whatever they take.
struct Retention
{
    std::optional<Time> time; ///< at least so long back from now
    std::optional<std::uint64_t> events; ///< at least so many of the last ones
    std::optional<std::uint64_t> memoryBytes; ///< never more, as StoreFigures::memoryBytes counts

    bool isLimited() const { return time || events || memoryBytes; }
    friend bool operator==(const Retention &, const Retention &) = default;
};

/// What a person wrote: "10min", "1h", "5000000events", "512MB" (powers of 1000), "1GiB" (of 1024), several
/// with commas between, or "all". A QString: it can't be read, in a sentence.
std::variant<Retention, QString> parseRetention(const QString &text);
/// As parseRetention() reads it.
QString writtenRetention(const Retention &retention);

} // namespace coroscope::model
