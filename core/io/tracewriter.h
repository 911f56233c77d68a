// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/facts.h"
#include "core/model/eventtarget.h"

#include <QIODevice>

#include <functional>
#include <memory>
#include <optional>
#include <span>

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

/// A chunk of events that was written.
struct WrittenChunk
{
    std::uint64_t begin = 0; ///< where in the file it begins
    std::uint64_t end = 0;
    std::uint64_t events = 0; ///< in the file up to its end
    std::uint32_t strings = 0; ///< likewise
    std::uint32_t locations = 0;
    model::Time latest {}; ///< no event in it is later
    model::Time known {};
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

    /// Calls `told` after each chunk of events, before anything else is appended.
    void onChunk(std::function<void(const WrittenChunk &)> told);
    /// What can stand in a file in place of all chunks up to `last`: the same strings and locations by the
    /// same numbers, and `events`. They name no others; where one does, it says nothing there.
    QByteArray inPlaceOf(const WrittenChunk &last, std::span<const model::TraceEvent> events) const;

    const std::optional<QString> &error() const;
    std::uint64_t events() const; ///< appended
    std::uint64_t bytes() const; ///< written, head included

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace coroscope::io
