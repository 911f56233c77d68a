// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/reportedtasks.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::ReportedTasks)
};

/// Words of the JSON format: never translated.
QString stateWord(model::TaskState state)
{
    switch (state) {
    case model::TaskState::Created:
        return u"created"_s;
    case model::TaskState::Running:
        return u"running"_s;
    case model::TaskState::Suspended:
        return u"suspended"_s;
    case model::TaskState::Ready:
        return u"ready"_s;
    case model::TaskState::Done:
        return u"done"_s;
    case model::TaskState::Failed:
        return u"failed"_s;
    case model::TaskState::Cancelled:
        return u"cancelled"_s;
    case model::TaskState::Lost:
        return u"lost"_s;
    }
    return {};
}

double secondsOf(const model::Task &task)
{
    const std::chrono::duration<double> seconds = task.ended.value_or(task.stateSince) - task.created;
    return std::round(seconds.count() * 1e6) / 1e6;
}

} // namespace

std::vector<TaskId> reportedTasks(const model::TraceStore &store)
{
    const auto isSpawned = [&](TaskId id) {
        const model::Task *task = store.task(id);
        return task && task->entity == trace::EntityKind::Spawned;
    };
    std::vector<TaskId> reported;
    for (const TaskId root : store.roots()) {
        if (!isSpawned(root))
            continue;
        const model::Task &task = *store.task(root);
        const bool isBatch = std::ranges::any_of(task.children, isSpawned);
        if (isBatch)
            std::ranges::copy_if(task.children, std::back_inserter(reported), isSpawned);
        else
            reported.push_back(root);
    }
    return reported;
}

std::vector<TaskId> spawnedTasks(const model::TraceStore &store)
{
    std::vector<TaskId> spawned;
    std::ranges::copy_if(store.tasks(), std::back_inserter(spawned), [&](TaskId id) {
        const model::Task *task = store.task(id);
        return task && task->entity == trace::EntityKind::Spawned;
    });
    return spawned;
}

QByteArray jsonLine(const model::Task &task, const QByteArray &output)
{
    QJsonObject line {
        {u"task"_s, task.name},
        {u"kind"_s, task.category},
        {u"state"_s, stateWord(task.state)},
        {u"seconds"_s, secondsOf(task)},
    };
    if (task.state == model::TaskState::Done) {
        const QByteArray whole = output.endsWith('\n') ? output.chopped(1) : output;
        if (task.category == "mysql" && whole.startsWith('[')) { // it is JSON already, with exact numbers
            const QByteArray object = QJsonDocument(line).toJson(QJsonDocument::Compact);
            return object.chopped(1) + ",\"result\":" + whole + "}\n";
        }
        const QString result = whole.isEmpty() ? task.result : QString::fromUtf8(whole);
        if (!result.isEmpty())
            line.insert(u"result"_s, result);
    } else if (!task.error.isEmpty()) {
        line.insert(u"error"_s, task.error);
    }
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

QString failureLine(const model::Task &task)
{
    QString why = task.error;
    if (why.isEmpty()) {
        why = task.state == model::TaskState::Cancelled ? Tr::tr("cancelled")
              : task.state == model::TaskState::Lost    ? Tr::tr("lost: it was destroyed before its end")
                                                        : Tr::tr("failed");
    }
    return u"%1: %2"_s.arg(task.name, why);
}

} // namespace coroscope::app
