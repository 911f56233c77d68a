// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/terminalsession.h"

#include "app/interrupt.h"
#include "app/reportedtasks.h"
#include "app/tasktable.h"

#include <algorithm>
#include <cstdio>

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
    : QObject(parent)
    , m_session(session)
    , m_plan(plan)
{
    connect(&session, &tasks::Session::rejected, this, [this](const QString &message) {
        ++m_rejected;
        say(message);
    });
    connect(&session, &tasks::Session::notice, this, &TerminalSession::say);
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
    m_progress.show(m_session.store(), reportedTasks(m_session.store()));
    if (isOver())
        finish();
}

/// Prints what ended. Results come in the order of the tasks, so that they can be told apart; those of a
/// batch, and JSON objects, as they come.
void TerminalSession::report()
{
    const model::TraceStore &store = m_session.store();
    std::vector<const model::Task *> ended;
    bool anyPendingBefore = false;
    for (const TaskId id : reportedTasks(store)) {
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
    return task.parent || m_plan.output == Plan::Output::Json;
}

void TerminalSession::reportTask(const model::Task &task)
{
    const bool isDone = task.state == model::TaskState::Done;
    if (!isDone)
        ++m_failed;
    m_progress.clear();
    if (m_plan.output == Plan::Output::Json)
        writeOut(jsonLine(task, m_session.output(task.id)));
    else if (!isDone && m_plan.what == Plan::What::Tasks)
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
    return m_reported.size() == reportedTasks(m_session.store()).size();
}

void TerminalSession::finish()
{
    m_isFinished = true;
    m_look.stop();
    m_timeout.stop();
    m_progress.clear();
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
    // Two of the demo's downloads are there to fail.
    const bool someFailed = m_outputFailed || m_rejected > 0
                            || (m_failed > 0 && m_plan.what == Plan::What::Tasks);
    return m_ending == Ending::TimedOut || someFailed ? 1 : 0;
}

void TerminalSession::writeOut(const QByteArray &bytes)
{
    const auto size = std::size_t(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return;
    if (!m_outputFailed)
        say(tr("Standard output can't be written: %1.").arg(qt_error_string()));
    m_outputFailed = true;
}

void TerminalSession::say(const QString &line)
{
    m_progress.clear();
    std::fprintf(stderr, "%s\n", qUtf8Printable(line));
}

} // namespace coroscope::app
