// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/terminalsession.h"

#include "app/interrupt.h"
#include "app/reportedtasks.h"
#include "app/tasktable.h"

#include <algorithm>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace coroscope::app {

namespace {

QByteArray asLines(const QByteArray &output)
{
    return output.isEmpty() || output.endsWith('\n') ? output : output + '\n';
}

} // namespace

TerminalSession::TerminalSession(tasks::Session &session, const Plan &plan, QObject *parent)
    : TerminalRun(parent)
    , m_session(session)
    , m_plan(plan)
{
    connect(&session, &tasks::Session::rejected, this, [this](const QString &message) {
        ++m_rejected;
        say(message);
    });
    connect(&session, &tasks::Session::notice, this, [this](const QString &message) {
        if (m_plan.what != Plan::What::Example) // its own lines are all that it is to say
            say(message);
    });
    connect(&session, &tasks::Session::printed, this, &TerminalSession::printLine);
    connect(&session.store(), &model::TraceStore::changed, this, &TerminalSession::look);
    // The end of a session's commands is no event of the store.
    connect(&m_look, &QTimer::timeout, this, &TerminalSession::look);
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        m_ending = Ending::TimedOut;
        say(tr("The time is over: cancelling what still runs."));
        m_session.post(tasks::CancelAll {});
    });
}

void TerminalSession::start()
{
    for (const tasks::Command &command : commandsOf(m_plan))
        m_session.post(command);
    if (m_plan.timeout)
        m_timeout.start(*m_plan.timeout);
    m_look.start(100ms);
}

/// Of an example. Where JSON objects go to standard output, its lines don't.
void TerminalSession::printLine(const QString &line)
{
    if (m_plan.output == Plan::Output::Json)
        say(line);
    else
        writeOut(line.toUtf8() + '\n');
}

void TerminalSession::interrupt()
{
    if (m_isFinished)
        return;
    m_ending = Ending::Interrupted;
    say(tr("Cancelling; once more ends at once."));
    m_session.post(tasks::CancelAll {});
}

void TerminalSession::look()
{
    if (m_isFinished)
        return;
    report();
    setLonelyFutures();
    if (m_plan.what != Plan::What::Example) {
        progress().show([&](int columns) {
            return progressOf(m_session.store(), reportedTasks(m_session.store()), columns);
        });
    }
    if (isOver())
        finish();
}

std::vector<TaskId> TerminalSession::toReport() const
{
    const model::TraceStore &store = m_session.store();
    return m_plan.what == Plan::What::Example ? spawnedTasks(store) : reportedTasks(store);
}

/// Prints what ended. Results come in the order of the tasks, so that they can be told apart; those of a
/// batch, and JSON objects, as they come.
void TerminalSession::report()
{
    const model::TraceStore &store = m_session.store();
    std::vector<const model::Task *> ended;
    bool anyPendingBefore = false;
    for (const TaskId id : toReport()) {
        const model::Task *task = store.task(id);
        if (!hasEnded(task->state))
            anyPendingBefore = true;
        else if ((comesAtOnce(*task) || !anyPendingBefore) && m_reported.insert(id).second)
            ended.push_back(task);
    }
    if (std::ranges::all_of(ended, [this](const model::Task *task) { return comesAtOnce(*task); }))
        std::ranges::sort(ended, {},
                          [](const model::Task *task) { return std::pair(task->ended, task->id); });
    for (const model::Task *task : ended)
        reportTask(*task);
}

bool TerminalSession::comesAtOnce(const model::Task &task) const
{
    return task.parent || m_plan.output == Plan::Output::Json || m_plan.what == Plan::What::Example;
}

void TerminalSession::reportTask(const model::Task &task)
{
    const bool isDone = task.state == model::TaskState::Done;
    if (!isDone)
        ++m_failed;
    if (m_plan.output == Plan::Output::Json)
        writeOut(jsonLine(task, m_session.output(task.id)));
    else if (!isDone && m_plan.what != Plan::What::Demo)
        say(failureLine(task));
    else if (m_plan.what == Plan::What::Tasks)
        writeOut(asLines(m_session.output(task.id)));
}

/// The demo's future is there to be set by hand in the window. Here is no hand: once all else has ended, it
/// gets a result.
void TerminalSession::setLonelyFutures()
{
    const model::TraceStore &store = m_session.store();
    if (m_plan.what != Plan::What::Demo)
        return;
    const bool onlyLonelyOnesRun = std::ranges::all_of(store.roots(), [&](TaskId root) {
        const model::Task *task = store.task(root);
        return !task || task->entity != trace::EntityKind::Spawned || hasEnded(task->state)
               || task->waitsForNobody;
    });
    if (!onlyLonelyOnesRun)
        return;
    for (const FutureId id : store.futures()) {
        const model::Future *future = store.future(id);
        const bool isWaitedFor = future && future->settable && future->state == model::Future::State::Pending
                                 && !future->awaiting.empty();
        if (!isWaitedFor || !m_set.insert(id).second)
            continue;
        say(tr("Setting %1, which nobody can do by hand here.").arg(future->name));
        m_session.post(tasks::SetFutureResult {id, u"42"_s});
    }
}

bool TerminalSession::isOver() const
{
    if (m_session.isBusy())
        return false;
    return m_reported.size() == toReport().size();
}

void TerminalSession::finish()
{
    m_isFinished = true;
    m_look.stop();
    m_timeout.stop();
    progress().clear();
    if (m_plan.what == Plan::What::Demo && m_plan.output == Plan::Output::Plain) {
        constexpr int columnsOfAFile = 120;
        writeOut(
            taskTable(m_session.store(), terminalColumns(STDOUT_FILENO).value_or(columnsOfAFile)).toUtf8());
    }
    emit finished(exitCode());
}

int TerminalSession::exitCode() const
{
    if (m_ending == Ending::Interrupted)
        return Interrupt::exitCode;
    // One of the demo's downloads is there to fail.
    const bool someFailed = hasOutputFailed() || m_rejected > 0
                            || (m_failed > 0 && m_plan.what != Plan::What::Demo);
    return m_ending == Ending::TimedOut || someFailed ? 1 : 0;
}

} // namespace coroscope::app
