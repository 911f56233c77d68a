// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/facts.h"
#include "core/model/eventtarget.h"

#include <QIODevice>

#include <memory>
#include <optional>

namespace coroscope::io {

/// Where the strings and locations are that events name.
class Pools
{
public:
    virtual const QString &string(StringId id) const = 0;
    virtual const model::Location &location(model::LocationId id) const = 0;

protected:
    ~Pools() = default;
};

/// Writes events as a recording, chunk by chunk: what is in a chunk that was written survives whatever ends
/// the program. The format: docs/trace-format.md. One thread.
///
/// A device that fails ends it: error() says why, and nothing more is written.
class TraceWriter
{
public:
    /// `device` is open for writing and empty; it and `pools` outlive the writer. Writes the head at once.
    TraceWriter(QIODevice &device, const Pools &pools, const Facts &facts);
    ~TraceWriter();
    TraceWriter(const TraceWriter &) = delete;
    TraceWriter &operator=(const TraceWriter &) = delete;

    void append(const model::TraceEvent &event);
    void appendLost(model::ThreadId thread, model::Time time, std::uint64_t count);
    void appendLostTexts(std::uint64_t count);
    /// All is known up to `now`.
    void commit(model::Time now);
    /// Writes the chunk that was begun, however small.
    void flush();
    /// Writes what is left and the end's mark. Once.
    void close();
    /// Ends it without that mark: somebody else writes more. What is left is flushed before.
    void leaveOpen();

    const std::optional<QString> &error() const;
    std::uint64_t events() const; ///< appended
    std::uint64_t bytes() const; ///< written, head included

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace coroscope::io
