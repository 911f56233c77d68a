// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::ui {

/// What the console shows: what tasks printed, and what the session said, by time.
class ConsoleLog
{
public:
    struct Line
    {
        model::Time time {};
        TaskId task; ///< none: the session said it
        QString text;
    };

    explicit ConsoleLog(model::TraceStore &store)
        : m_store(store)
    { }

    void addNotice(const QString &text);
    /// Only what comes from now on is shown.
    void clear();
    /// Starts again from the first line since clear(); with a task: what it printed alone.
    void rewind(TaskId onlyOf);
    /// The lines since the last call, as far as `until`.
    std::vector<Line> takeNew(model::Time until = model::Time::max());
    /// The time of the latest line that was taken: it is too late for an earlier moment.
    model::Time lastTaken() const { return m_lastTaken; }

private:
    model::TraceStore &m_store;
    std::vector<Line> m_notices;
    TaskId m_onlyOf;
    // Of printed lines, those that the store forgot included.
    std::uint64_t m_clearedPrinted = 0;
    std::size_t m_clearedNotices = 0;
    std::uint64_t m_nextPrinted = 0;
    std::size_t m_nextNotice = 0;
    model::Time m_lastTaken = model::Time::min();
};

} // namespace coroscope::ui
