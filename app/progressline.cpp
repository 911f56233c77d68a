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

/// Of one UTF-16 unit; a pair of surrogates, which may be an emoji, is counted as two.
int columnsOf(QChar c)
{
    if (c.category() == QChar::Mark_NonSpacing)
        return 0;
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
        return 2;
    default:
        break;
    }
    return (c >= QChar(0x3000) && c <= QChar(0x303f)) || (c >= QChar(0xff01) && c <= QChar(0xff60)) ? 2 : 1;
}

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

void ProgressLine::show(const std::function<QString(int)> &text)
{
    if (!m_isTerminal || (m_isShown && m_sinceShown.elapsed() < refreshMilliseconds))
        return;
    const int columns = terminalColumns(STDERR_FILENO).value_or(80);
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(text(columns - 1)));
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

QString progressOf(const model::TraceStore &store, const std::vector<TaskId> &tasks, int columns)
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
    return cutToColumns(line, columns);
}

QString cutToColumns(const QString &line, int columns)
{
    int used = 0;
    qsizetype fits = 0; // with an ellipsis after it
    for (qsizetype i = 0; i < line.size(); ++i) {
        used += columnsOf(line[i]);
        if (used > columns)
            return columns > 0 ? line.left(fits) + u'…' : QString();
        if (used < columns && !line[i].isHighSurrogate())
            fits = i + 1;
    }
    return line;
}

} // namespace coroscope::app
