// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/eventschema.h"
#include "core/model/eventtarget.h"

#include <QStringList>

#include <vector>

namespace coroscope::io {

/// The content of one chunk of events. Strings and locations have the file's numbers, counted up from 1 over
/// all chunks, in order.
struct EventBlock
{
    QStringList strings; ///< new ones
    std::vector<model::Location> locations; ///< new ones
    /// As in memory. Besides trace::EventType's there are eventsLost and textsLost, with the count in `a`.
    std::vector<model::TraceEvent> events;
    std::uint64_t unknown = 0; ///< events of types that this version doesn't know
    model::Time known {}; ///< how far the session is known
};

/// Reads what may have been made up by somebody: nothing if it doesn't fit together.
std::optional<EventBlock> readEvents(QByteArrayView content, const std::vector<Schema> &schemas);

/// Hands the blocks of a recording, in order, to a target.
class BlockApplier
{
public:
    explicit BlockApplier(model::EventTarget &target)
        : m_target(target)
    { }

    /// Begins a block: its strings and locations become the target's.
    void begin(const EventBlock &block);
    /// Hands over `events` of it. False if they name what no block defined.
    bool apply(std::span<const model::TraceEvent> events);
    /// Ends it.
    void end(const EventBlock &block) { m_target.commit(block.known); }

private:
    bool applyNamed(model::TraceEvent event);

    model::EventTarget &m_target;
    std::vector<StringId> m_strings {{}}; ///< the target's, by the file's numbers
    std::vector<model::LocationId> m_locations {{}};
};

} // namespace coroscope::io
