// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/console/consolelog.h"

#include <algorithm>

namespace coroscope::ui {

void ConsoleLog::addNotice(const QString &text) { m_notices.push_back({m_store.now(), {}, text}); }

void ConsoleLog::clear()
{
    m_clearedPrinted = m_store.forgottenLines() + m_store.printed().size();
    m_clearedNotices = m_notices.size();
    rewind(m_onlyOf);
}

void ConsoleLog::rewind(TaskId onlyOf)
{
    m_onlyOf = onlyOf;
    m_nextPrinted = m_clearedPrinted;
    m_nextNotice = m_clearedNotices;
    m_lastTaken = model::Time::min();
}

std::vector<ConsoleLog::Line> ConsoleLog::takeNew(model::Time until)
{
    const auto printed = m_store.printed();
    const std::uint64_t forgotten = m_store.forgottenLines();
    if (forgotten + printed.size() < m_nextPrinted) // the store was cleared
        m_nextPrinted = m_clearedPrinted = 0;
    m_nextPrinted = std::max(m_nextPrinted, forgotten);
    std::size_t next = m_nextPrinted - forgotten;
    std::vector<Line> lines;
    while (next < printed.size() || m_nextNotice < m_notices.size()) {
        const bool notice = next == printed.size()
                            || (m_nextNotice < m_notices.size()
                                && m_notices[m_nextNotice].time < printed[next].time);
        const model::Time time = notice ? m_notices[m_nextNotice].time : printed[next].time;
        if (time > until)
            break;
        m_lastTaken = std::max(m_lastTaken, time);
        if (notice) {
            const Line &line = m_notices[m_nextNotice++];
            if (!m_onlyOf)
                lines.push_back(line);
        } else {
            const model::PrintedLine &line = printed[next++];
            if (!m_onlyOf || line.task == m_onlyOf)
                lines.push_back({line.time, line.task, line.text});
        }
    }
    m_nextPrinted = forgotten + next;
    return lines;
}

} // namespace coroscope::ui
