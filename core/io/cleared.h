// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/tracewriter.h"
#include "core/model/textpool.h"
#include "core/model/tracestore.h"

#include <unordered_map>
#include <unordered_set>

namespace coroscope::io {

/// What a person cleared of a session, with all that went with it.
class Cleared
{
public:
    /// Clears the store's ended tasks, and remembers which went.
    void clearEnded(model::TraceStore &store);

    bool isEmpty() const { return m_tasks.empty(); }
    std::size_t tasks() const { return m_tasks.size(); }
    bool has(TaskId id) const { return m_tasks.contains(id); }
    bool has(FutureId id) const { return m_futures.contains(id); }
    bool has(WaitId id) const { return m_waits.contains(id); }

private:
    std::unordered_set<TaskId> m_tasks;
    std::unordered_set<FutureId> m_futures;
    std::unordered_set<WaitId> m_waits;
};

/// Writes a recording of the events that it is given, less those of what was cleared: as if that had never
/// been there. What ran below a cleared task's slices runs below what they ran on.
class UnclearedWriter final : public model::EventTarget, private Pools
{
public:
    /// All outlive it.
    UnclearedWriter(QIODevice &device, const Facts &facts, const Cleared &cleared);

    TraceWriter &writer() { return m_writer; }

    model::LocationId addLocation(model::Location location) override;
    StringId addString(QString text) override;
    void append(const model::TraceEvent &event) override;
    void appendLost(model::ThreadId thread, model::Time time, std::uint64_t count) override;
    void appendLostTexts(std::uint64_t count) override;
    void commit(model::Time now) override;

private:
    const QString &string(StringId id) const override { return m_pool.string(id); }
    const model::Location &location(model::LocationId id) const override { return m_pool.location(id); }
    bool isCleared(const model::TraceEvent &event) const;
    std::uint64_t belowOf(std::uint64_t task) const;

    const Cleared &m_cleared;
    model::TextPool m_pool;
    TraceWriter m_writer;
    std::unordered_map<std::uint64_t, std::uint64_t> m_below; ///< what cleared tasks were resumed on
};

} // namespace coroscope::io
