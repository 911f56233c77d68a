// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/progress.h"
#include "core/io/tracereader.h"
#include "core/model/tracestore.h"

#include <variant>

namespace coroscope::io {

/// What was read of a recording.
struct ReadReport
{
    Facts facts;
    std::vector<model::Note> notes;
    std::uint64_t events = 0;
    std::uint64_t unknownEvents = 0; ///< of types that this version doesn't know: passed over
    /// Why less is there than was recorded, in a sentence; none: all is there.
    std::optional<QString> fault;
};

/// What a recording may take in memory: half of the machine's, and no file makes a store bigger.
std::uint64_t memoryLimit();

/// Puts blocks into a store, piece by piece, until the store has become too big.
class StoreFiller
{
public:
    explicit StoreFiller(model::TraceStore &store, std::uint64_t limit = memoryLimit());

    /// Begins a block; the last one is done.
    void begin(EventBlock block);
    /// Takes some thousand events of it. False: the block is done, or reading is over.
    bool takeSome();
    bool isOver() const { return m_fault.has_value(); }
    const std::optional<QString> &fault() const { return m_fault; }
    std::uint64_t events() const { return m_events; }
    std::uint64_t unknownEvents() const { return m_unknown; }

private:
    model::TraceStore &m_store;
    std::uint64_t m_limit;
    BlockApplier m_applier;
    EventBlock m_block;
    std::size_t m_taken = 0;
    std::uint64_t m_events = 0;
    std::uint64_t m_unknown = 0;
    std::optional<QString> m_fault;
};

/// Reads a whole recording into an empty store, at once. A QString: it is no recording, in a sentence. Ended
/// by `progress`, it has read a part, without a fault.
std::variant<ReadReport, QString> readTrace(QIODevice &device, model::TraceStore &store,
                                            std::uint64_t limit = memoryLimit(),
                                            const Progress &progress = {});

} // namespace coroscope::io
