// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/tasktable.h"

#include "ui/durations.h"
#include "ui/tasks/taskwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::TaskTable)
};

enum Column { Name, State, Total, Busy, Polls, Outcome, ColumnCount };
using Row = std::array<QString, ColumnCount>;

bool isRightAligned(int column) { return column == Total || column == Busy || column == Polls; }

Row rowOf(const model::TraceStore &store, const model::Task &task, int depth)
{
    const ui::TaskTimes times = ui::timesOf(task, store.now());
    return {QString(2 * depth, u' ') + task.name,
            ui::stateText(task.state),
            ui::formatDuration(times.total),
            ui::formatDuration(times.busy),
            QString::number(task.polls + task.stepsPolls),
            hasEnded(task.state) ? ui::outcomeText(task).simplified()
                                 : ui::waitText(store, task, store.now()).simplified()};
}

void addRows(const model::TraceStore &store, TaskId id, int depth, std::vector<Row> &rows)
{
    const model::Task *task = store.task(id);
    if (!task || task->entity != trace::EntityKind::Spawned)
        return;
    rows.push_back(rowOf(store, *task, depth));
    for (const TaskId child : task->children)
        addRows(store, child, depth + 1, rows);
}

QString elided(const QString &text, qsizetype width)
{
    return text.size() <= width ? text : text.left(std::max<qsizetype>(0, width - 1)) + u'…';
}

QString totals(const model::TraceStore &store)
{
    int all = 0;
    std::array<int, 8> byState {};
    model::Time end {};
    for (const TaskId id : store.tasks()) {
        const model::Task *task = store.task(id);
        if (!task || task->entity != trace::EntityKind::Spawned)
            continue;
        ++all;
        ++byState[std::size_t(task->state)];
        end = std::max(end, task->ended.value_or(store.now()));
    }
    const auto count = [&](model::TaskState state) { return byState[std::size_t(state)]; };
    return Tr::tr("%1 tasks in %2: %3 done, %4 failed, %5 cancelled")
        .arg(all)
        .arg(ui::formatDuration(end - store.firstTime()))
        .arg(count(model::TaskState::Done))
        .arg(count(model::TaskState::Failed))
        .arg(count(model::TaskState::Cancelled));
}

} // namespace

QString taskTable(const model::TraceStore &store, int width)
{
    std::vector<Row> rows;
    for (const TaskId root : store.roots())
        addRows(store, root, 0, rows);

    const Row header {Tr::tr("Task"), Tr::tr("State"), Tr::tr("Total"),
                      Tr::tr("Busy"), Tr::tr("Polls"), Tr::tr("Result or error")};
    std::array<qsizetype, ColumnCount> widths {};
    const auto measure = [&](const Row &row) {
        for (int column = 0; column < ColumnCount; ++column)
            widths[column] = std::max(widths[column], row[column].size());
    };
    measure(header);
    std::ranges::for_each(rows, measure);
    widths[Name] = std::min<qsizetype>(widths[Name], 40);
    qsizetype fixed = 0;
    for (int column = 0; column < Outcome; ++column)
        fixed += widths[column] + 2;
    widths[Outcome] = std::min(widths[Outcome], std::max<qsizetype>(16, width - fixed));

    QString text;
    const auto write = [&](const Row &row) {
        QString line;
        for (int column = 0; column < ColumnCount; ++column) {
            const QString cell = elided(row[column], widths[column]);
            line += (isRightAligned(column) ? cell.rightJustified(widths[column])
                                            : cell.leftJustified(widths[column]))
                    + u"  "_s;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    };
    write(header);
    std::ranges::for_each(rows, write);
    return text + u'\n' + totals(store) + u'\n';
}

} // namespace coroscope::app
