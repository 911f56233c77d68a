// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "examplerun.h"

#include <QRegularExpression>

#include <thread>

namespace coroscope::test {

using namespace std::chrono;

Prints::Prints(double speed)
    : m_speed(speed)
{ }

gallery::StageOptions Prints::stage()
{
    gallery::StageOptions options;
    options.speed = m_speed;
    options.print = [this](const QString &line) {
        const std::lock_guard lock(m_mutex);
        const Loop *const loop = Loop::current();
        m_lines << line;
        m_times << (loop ? int(duration_cast<milliseconds>(loop->now() + m_blocked).count()) : -1);
    };
    // A thread that has a loop stands still, with its virtual clock; others sleep.
    options.block = [this](nanoseconds duration) {
        if (Loop::current())
            m_blocked += duration_cast<milliseconds>(duration);
        else
            std::this_thread::sleep_for(duration);
    };
    return options;
}

QStringList Prints::lines() const
{
    const std::lock_guard lock(m_mutex);
    return m_lines;
}

QList<int> Prints::times() const
{
    const std::lock_guard lock(m_mutex);
    return m_times;
}

SpawnedTask<void> start(const QString &id, const gallery::StageOptions &options)
{
    const auto example = gallery::findExample(id);
    if (!example)
        qFatal("no example %s", qPrintable(id));
    return spawn("example " + id, example->run, gallery::Stage(options));
}

QStringList renumbered(QStringList lines)
{
    static const QRegularExpression number("Task-(\\d+)");
    int first = std::numeric_limits<int>::max();
    for (const QString &line : lines) {
        for (auto match = number.globalMatch(line); match.hasNext();)
            first = std::min(first, match.next().captured(1).toInt());
    }
    for (QString &line : lines) {
        QString renumbered;
        qsizetype end = 0;
        for (auto it = number.globalMatch(line); it.hasNext();) {
            const auto match = it.next();
            renumbered += line.mid(end, match.capturedStart() - end)
                          + QString("Task-%1").arg(match.captured(1).toInt() - first + 1);
            end = match.capturedEnd();
        }
        line = renumbered + line.mid(end);
    }
    return lines;
}

const model::Task *find(const model::TraceStore &store, const QString &name)
{
    const model::Task *found = nullptr;
    for (const TaskId id : store.tasks()) {
        if (store.task(id)->name == name)
            found = store.task(id);
    }
    return found;
}

QList<const model::Task *> workers(const model::TraceStore &store)
{
    QList<const model::Task *> found;
    for (const TaskId id : store.tasks()) {
        if (store.task(id)->entity == trace::EntityKind::Worker)
            found << store.task(id);
    }
    return found;
}

} // namespace coroscope::test
