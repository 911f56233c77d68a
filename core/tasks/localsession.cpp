// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/localsession.h"

#include "core/runtime/future.h"
#include "core/tasks/demo.h"
#include "core/tasks/dispatchername.h"
#include "core/trace/recorder.h"

namespace coroscope::tasks {

using namespace std::chrono_literals;

namespace {

constexpr auto liveInterval = 16ms;
constexpr auto waitingInterval = 100ms; // tasks live, but for a second none of them did anything
constexpr auto restInterval = 250ms;

LoopOptions named(LoopOptions options, const QString &dispatcher)
{
    options.name = QStringLiteral("loop (%1)").arg(dispatcher);
    return options;
}

/// "127.0.0.1:6379 and 127.0.0.1:6380"
QString portsOf(const QList<QUrl> &servers)
{
    QStringList names;
    for (const QUrl &server : servers)
        names << QStringLiteral("%1:%2").arg(server.host()).arg(server.port());
    return names.join(LocalSession::tr(" and "));
}

} // namespace

/// What the loop's thread owns. Made and destroyed there.
struct LocalSession::LoopSide
{
    TaskContext context;
    std::shared_ptr<ThreadExecutor> executor;
    std::vector<std::unique_ptr<Demo>> demos;
};

LocalSession::LocalSession(LocalSessionOptions options, QObject *parent)
    : Session(parent)
    , m_collector(m_store)
    , m_options(std::move(options))
    , m_loopName(dispatcherName())
    , m_loop(named(m_options.loop, m_loopName))
    , m_loopSide(std::make_shared<LoopSide>())
{
    trace::startRecording();
    m_loop.startAndWait();
    m_loop.post([side = m_loopSide, book = m_book, stop = m_stop] {
        side->context.book = book;
        side->context.stop = stop;
    });
    connect(&m_store, &model::TraceStore::changed, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared) // not from inside of a commit
            QMetaObject::invokeMethod(this, &LocalSession::forgetRemoved, Qt::QueuedConnection);
    });
    connect(&m_timer, &QTimer::timeout, this, &LocalSession::collect);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.start(restInterval);
}

LocalSession::~LocalSession()
{
    m_timer.stop();
    m_stop->stop();
    m_store.disconnect(this);
    m_store.blockSignals(true); // who listens may be gone already
    m_loop.post([side = m_loopSide] {
        side->demos.clear();
        side->executor.reset();
        side->context = {};
    });
    m_loop.stop();
    m_services.reset();
    trace::stopRecording();
    m_collector.collectAll();
}

std::optional<TaskSpec> LocalSession::specOf(TaskId task) const { return m_book->spec(task); }

QByteArray LocalSession::output(TaskId task) const { return m_book->output(task); }

bool LocalSession::isBusy() const
{
    if (m_commands > 0)
        return true;
    const auto byState = m_store.figures().tasksByState;
    const auto liveStates = std::span(byState).first(std::size_t(model::TaskState::Done));
    return std::ranges::any_of(liveStates, [](std::uint32_t count) { return count > 0; });
}

void LocalSession::collect()
{
    m_collector.collect();
    const bool isBusyNow = isBusy();
    const auto now = std::chrono::steady_clock::now();
    if (std::exchange(m_events, m_store.figures().events) != m_store.figures().events)
        m_lastEvent = now;
    const auto interval = !isBusyNow ? restInterval : now - m_lastEvent > 1s ? waitingInterval : liveInterval;
    if (m_timer.intervalAsDuration() != interval)
        m_timer.start(interval);
    if (std::exchange(m_wasBusy, isBusyNow) && !isBusyNow)
        emit idle();
}

void LocalSession::post(Command command)
{
    ++m_commands;
    m_wasBusy = true;
    m_lastEvent = std::chrono::steady_clock::now();
    m_timer.start(liveInterval);
    std::visit([this](const auto &one) { carryOut(one); }, command);
}

void LocalSession::onLoop(std::function<QString()> function)
{
    m_loop.post([this, function = std::move(function)] {
        const QString rejection = function();
        QMetaObject::invokeMethod(this, [this, rejection] { commandDone(rejection); }, Qt::QueuedConnection);
    });
}

void LocalSession::commandDone(const QString &rejection)
{
    m_collector.collectAll(); // what the command began is in the store before it counts as carried out
    --m_commands;
    if (!rejection.isEmpty())
        emit rejected(rejection);
    collect();
}

TaskId LocalSession::spawnedTaskOf(TaskId task) const
{
    for (const model::Task *one = m_store.task(task); one; one = m_store.task(one->parent)) {
        if (one->entity == trace::EntityKind::Spawned)
            return one->id;
    }
    return task;
}

void LocalSession::forgetRemoved()
{
    const QList<TaskId> noted = m_book->tasks();
    m_collector.collectAll(); // each was created before it was noted
    for (const TaskId task : noted) {
        if (!m_store.task(task))
            m_book->forget(task);
    }
    m_launched.removeIf([this](TaskId task) { return !m_store.task(task); });
}

void LocalSession::carryOut(const Launch &command)
{
    onLoop([this, side = m_loopSide, spec = command.spec] {
        const TaskId id = launch(spec, side->context).id();
        QMetaObject::invokeMethod(
            this,
            [this, id] {
                m_collector.collectAll();
                m_launched << id;
                emit launched(id);
            },
            Qt::QueuedConnection);
        return QString();
    });
}

void LocalSession::carryOut(const Cancel &command)
{
    onLoop([id = spawnedTaskOf(command.task)] {
        TaskStateBase *const task = Loop::current()->findTask(id);
        if (!task)
            return tr("The task has ended already.");
        task->cancel({});
        return QString();
    });
}

void LocalSession::carryOut(const CancelAll &)
{
    m_commands -= std::exchange(m_demosWanted, 0); // their services are still starting
    onLoop([side = m_loopSide] {
        for (const auto &demo : side->demos)
            demo->stop();
        Loop::current()->cancelAll();
        return QString();
    });
}

void LocalSession::carryOut(const SetFutureResult &command)
{
    const model::Future *const known = m_store.future(command.future);
    onLoop([command, type = known ? known->type : QString()] {
        using SetText = FutureStateBase::SetText;
        FutureStateBase *const future = Loop::current()->findFuture(command.future);
        const SetText answer = future ? future->setFromText(command.value) : SetText::WasDone;
        if (answer == SetText::WasDone)
            return tr("The future has its result already.");
        if (answer == SetText::Unreadable)
            return tr("“%1” can't be read as %2.").arg(command.value, type);
        return QString();
    });
}

void LocalSession::carryOut(const SetFutureException &command)
{
    onLoop([command] {
        FutureStateBase *const future = Loop::current()->findFuture(command.future);
        const auto error = std::make_exception_ptr(std::runtime_error(command.message.toStdString()));
        return future && future->setError(error) ? QString() : tr("The future has its result already.");
    });
}

void LocalSession::carryOut(const CancelFuture &command)
{
    onLoop([command] {
        FutureStateBase *const future = Loop::current()->findFuture(command.future);
        return future && future->cancel() ? QString() : tr("The future has its result already.");
    });
}

void LocalSession::carryOut(const StartDemo &)
{
    ++m_demosWanted;
    if (!m_services) {
        emit notice(tr("Starting local services …"));
        m_services = std::make_unique<net::LocalServices>(demoSite());
        m_services->setRedisProgram(m_options.redisProgram);
        connect(m_services.get(), &net::LocalServices::started, this, &LocalSession::startDemos);
    }
    m_services->start();
}

void LocalSession::startDemos(const net::Endpoints &endpoints)
{
    for (const QString &problem : endpoints.problems)
        emit notice(tr("The demo runs without a service: %1.").arg(problem));
    if (endpoints.problems.isEmpty())
        emit notice(tr("Local services run: files at %1, Redis at %2.")
                        .arg(endpoints.http.authority(), portsOf(endpoints.redis)));
    if (!m_demoFolder)
        m_demoFolder = std::make_unique<net::ScratchFolder>(QStringLiteral("demo"));
    for (; m_demosWanted > 0; --m_demosWanted) {
        m_loop.post([this, endpoints, side = m_loopSide, folder = m_demoFolder->path()] {
            if (!side->executor)
                side->executor = std::make_shared<ThreadExecutor>(2);
            std::erase_if(side->demos, [](const auto &earlier) { return earlier->isSpawned(); });
            auto demo = std::make_unique<Demo>(endpoints, folder, side->context, side->executor);
            connect(demo.get(), &Demo::spawned, this, [this] { commandDone({}); });
            demo->start();
            side->demos.push_back(std::move(demo));
        });
    }
}

} // namespace coroscope::tasks
