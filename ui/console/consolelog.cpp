// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/console/consolelog.h"

namespace coroscope::ui {

void ConsoleLog::addNotice(const QString &text) { m_notices.push_back({m_store.now(), {}, text}); }

void ConsoleLog::clear()
{
    m_clearedPrinted = m_store.printed().size();
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
    if (printed.size() < m_nextPrinted) // the store was cleared
        m_nextPrinted = m_clearedPrinted = 0;
    std::vector<Line> lines;
    while (m_nextPrinted < printed.size() || m_nextNotice < m_notices.size()) {
        const bool notice = m_nextPrinted == printed.size()
                            || (m_nextNotice < m_notices.size()
                                && m_notices[m_nextNotice].time < printed[m_nextPrinted].time);
        const model::Time time = notice ? m_notices[m_nextNotice].time : printed[m_nextPrinted].time;
        if (time > until)
            break;
        m_lastTaken = std::max(m_lastTaken, time);
        if (notice) {
            const Line &line = m_notices[m_nextNotice++];
            if (!m_onlyOf)
                lines.push_back(line);
        } else {
            const model::PrintedLine &line = printed[m_nextPrinted++];
            if (!m_onlyOf || line.task == m_onlyOf)
                lines.push_back({line.time, line.task, line.text});
        }
    }
    return lines;
}

} // namespace coroscope::ui
