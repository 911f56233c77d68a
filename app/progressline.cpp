// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/progressline.h"

#include "ui/quantities.h"

#include <QCoreApplication>

#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::ProgressLine)
};

constexpr int refreshMilliseconds = 100;

} // namespace

std::optional<int> terminalColumns(int descriptor)
{
    if (!isatty(descriptor))
        return {};
    winsize size {};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

ProgressLine::ProgressLine()
    : m_isTerminal(terminalColumns(STDERR_FILENO).has_value())
{ }

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const model::TraceStore &store, const std::vector<TaskId> &tasks)
{
    if (!m_isTerminal || (m_isShown && m_sinceShown.elapsed() < refreshMilliseconds))
        return;
    const int columns = terminalColumns(STDERR_FILENO).value_or(80);
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(text(store, tasks, columns - 1)));
    std::fflush(stderr);
    m_isShown = true;
    m_sinceShown.start();
}

void ProgressLine::clear()
{
    if (!m_isShown)
        return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    m_isShown = false;
}

QString ProgressLine::text(const model::TraceStore &store, const std::vector<TaskId> &tasks, int columns)
{
    int ended = 0;
    QStringList pending;
    for (const TaskId id : tasks) {
        const model::Task *task = store.task(id);
        if (!task)
            continue;
        if (hasEnded(task->state)) {
            ++ended;
            continue;
        }
        QString entry = task->name;
        if (const auto part = ui::fraction(task->progress))
            entry += u' ' + ui::formatPercent(*part);
        else if (task->progress)
            entry += u' ' + ui::formatProgress(*task->progress);
        pending << entry;
    }
    QString line = Tr::tr("%1 of %2 done").arg(ended).arg(tasks.size());
    if (!pending.isEmpty())
        line += u": "_s + pending.join(u", "_s);
    return line.size() <= columns ? line : line.left(std::max(0, columns - 1)) + u'…';
}

} // namespace coroscope::app
