// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/localsession.h"

#include "core/gallery/gallery.h"
#include "core/runtime/future.h"
#include "core/tasks/demo.h"
#include "core/tasks/dispatchername.h"
#include "core/tasks/downloadtask.h"
#include "core/tasks/exampletask.h"
#include "core/trace/recorder.h"

#include <QSemaphore>

namespace coroscope::tasks {

using namespace std::chrono_literals;

namespace {

constexpr auto liveInterval = 16ms;
constexpr auto catchUpInterval = 1ms; // more is waiting than one go may take; the window draws in between
constexpr auto waitingInterval = 100ms; // tasks live, but for a second none of them did anything
constexpr auto restInterval = 250ms;

LoopOptions named(LoopOptions options, const QString &dispatcher)
{
    options.name = QStringLiteral("loop (%1)").arg(dispatcher);
    return options;
}

/// What the local file server offers: the demo's files, and the examples'.
net::FileSite localSite()
{
    net::FileSite site = demoSite();
    gallery::addSamples(site);
    return site;
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
    , m_recording(m_store)
    , m_collector(m_recording)
    , m_options(std::move(options))
    , m_loopName(dispatcherName(m_options.loopKind))
    , m_loop(named(m_options.loop, m_loopName), m_options.loopKind)
    , m_loopSide(std::make_shared<LoopSide>())
{
    auto facts = io::Facts::ofThisProcess();
    facts.loop = m_loopName;
    m_recording.setFacts(std::move(facts));
    if (m_options.isRecorded)
        trace::startRecording(recorderOptions());
    m_loop.startAndWait();
    m_loop.post([this, side = m_loopSide, book = m_book, stop = m_stop] {
        // Whatever fails is seen in the window or the table.
        Loop::current()->onUnseenError([](const UnseenError &) { });
        Loop::current()->control().onChange([this](const Scheduling &scheduling) {
            QMetaObject::invokeMethod(
                this, [this, scheduling] { noteScheduling(scheduling); }, Qt::QueuedConnection);
        });
        side->context.book = book;
        side->context.stop = stop;
        side->context.print = [this](const QString &line) {
            QMetaObject::invokeMethod(this, [this, line] { emit printed(line); }, Qt::QueuedConnection);
        };
        side->context.downloads = download::Engine::make(m_options.downloads, [this](download::Delta delta) {
            QMetaObject::invokeMethod(
                this, [this, delta = std::move(delta)]() mutable { m_downloads.apply(std::move(delta)); },
                Qt::QueuedConnection);
        });
    });
    connect(&m_store, &model::TraceStore::changed, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared || !changes.forgotten.empty()) // not from inside of a commit
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
    suspendDownloads();
    m_store.disconnect(this);
    m_store.blockSignals(true); // who listens may be gone already
    m_loop.post([side = m_loopSide] {
        side->demos.clear();
        side->executor.reset();
        side->context = {};
    });
    m_loop.stop();
    m_mySqlStart.reset();
    m_services.reset();
    if (m_options.isRecorded)
        trace::stopRecording();
    m_collector.collectAll();
}

/// Transfers write down what has come, so that the next start goes on from there. A loop that is blocked
/// isn't waited for: then what was noted at the last checkpoint counts.
void LocalSession::suspendDownloads()
{
    if (m_options.downloads.queueFile.isEmpty())
        return;
    const auto done = std::make_shared<QSemaphore>();
    m_loop.post([side = m_loopSide, done] {
        Loop::current()->control().release(); // or it would wait for ever
        if (side->context.downloads)
            side->context.downloads->suspend([done] { done->release(); });
    });
    constexpr int patience = 3000; // ms
    done->tryAcquire(1, patience);
}

std::optional<TaskSpec> LocalSession::specOf(TaskId task) const
{
    if (const download::Item *item = m_downloads.ofTask(task))
        return tasks::specOf(item->request);
    return m_book->spec(task);
}

QByteArray LocalSession::output(TaskId task) const { return m_book->output(task); }

bool LocalSession::isBusy() const
{
    const download::Totals &downloads = m_downloads.totals();
    if (m_commands > 0 || downloads.active + downloads.queued > 0)
        return true;
    const auto byState = m_store.figures().tasksByState;
    const auto liveStates = std::span(byState).first(std::size_t(model::TaskState::Done));
    return std::ranges::any_of(liveStates, [](std::uint32_t count) { return count > 0; });
}

void LocalSession::collect()
{
    const bool isComplete = m_collector.collect();
    const bool isBusyNow = isBusy();
    const auto now = std::chrono::steady_clock::now();
    if (std::exchange(m_events, m_store.figures().events) != m_store.figures().events)
        m_lastEvent = now;
    const auto interval = !isComplete              ? catchUpInterval
                          : !isBusyNow             ? restInterval
                          : now - m_lastEvent > 1s ? waitingInterval
                                                   : liveInterval;
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
    std::visit([this](auto &one) { carryOut(std::move(one)); }, command);
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
    const auto *const example = std::get_if<ExampleSpec>(&command.spec);
    if (!example) {
        launchOnLoop(command.spec, command.spec);
        return;
    }
    ExampleSpec spec = *example;
    if (spec.folder.isEmpty())
        spec.folder = scratchFolder();
    if (!needsLocalServices(spec)) {
        launchOnLoop(spec, *example);
        return;
    }
    m_examplesWanted << spec;
    using Wanted = net::LocalServices::Wanted;
    startServices(needsMySql(spec) ? Wanted::MySql : Wanted::Basic);
}

/// `noted`: what "run again" will launch; an address of today's services is nothing to keep.
void LocalSession::launchOnLoop(TaskSpec spec, TaskSpec noted)
{
    onLoop([this, side = m_loopSide, spec = std::move(spec), noted = std::move(noted)] {
        const TaskId id = launch(spec, side->context).id();
        side->context.book->setSpec(id, noted);
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

QList<TaskId> LocalSession::spawnedBelow(TaskId task) const
{
    QList<TaskId> found;
    QList<TaskId> toVisit {task};
    while (!toVisit.isEmpty()) {
        const model::Task *const one = m_store.task(toVisit.takeLast());
        if (!one)
            continue;
        if (one->entity == trace::EntityKind::Spawned && one->id != task)
            found << one->id;
        for (const TaskId child : one->children)
            toVisit << child;
    }
    return found;
}

void LocalSession::carryOut(const Cancel &command)
{
    const TaskId root = spawnedTaskOf(command.task);
    QList<TaskId> all {root};
    // An example is a program: what it spawned goes with it, as with Python's asyncio.run().
    if (const auto spec = m_book->spec(root); spec && std::holds_alternative<ExampleSpec>(*spec))
        all << spawnedBelow(root);
    onLoop([all] {
        bool isAnyLeft = false;
        for (const TaskId id : all) {
            if (TaskStateBase *const task = Loop::current()->findTask(id))
                isAnyLeft = AnyTask(task).cancel() || isAnyLeft;
        }
        return isAnyLeft ? QString() : tr("The task has ended already.");
    });
}

void LocalSession::carryOut(const CancelAll &)
{
    m_commands -= std::exchange(m_demosWanted, 0); // their services are still starting
    m_commands -= int(std::exchange(m_examplesWanted, {}).size());
    onLoop([side = m_loopSide] {
        for (const auto &demo : side->demos)
            demo->stop();
        side->context.downloads->cancelAll();
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
    startServices(net::LocalServices::Wanted::Basic);
}

void LocalSession::noteScheduling(const Scheduling &scheduling)
{
    m_collector.collectAll(); // what it was held after
    m_scheduling = scheduling;
    emit schedulingChanged();
}

void LocalSession::carryOut(const Hold &)
{
    onLoop([] {
        Loop::current()->control().hold();
        return QString();
    });
}

void LocalSession::carryOut(const Release &)
{
    onLoop([] {
        Loop::current()->control().release();
        return QString();
    });
}

void LocalSession::carryOut(const Step &)
{
    onLoop([] {
        Loop::current()->control().step();
        return QString();
    });
}

void LocalSession::carryOut(const RunToNext &command)
{
    const model::Task *const task = m_store.task(command.task);
    const bool canResume = task && !model::hasEnded(task->state);
    onLoop([command, canResume] {
        if (!canResume)
            return tr("The task has ended already.");
        Loop::current()->control().runToNextOf(command.task);
        return QString();
    });
}

void LocalSession::carryOut(const SetPace &command)
{
    onLoop([command] {
        Loop::current()->control().setPace(command.entriesPerSecond);
        return QString();
    });
}

void LocalSession::startServices(net::LocalServices::Wanted wanted)
{
    if (!m_services) {
        emit notice(tr("Starting local services …"));
        m_services = std::make_unique<net::LocalServices>(localSite());
        m_services->setRedisProgram(m_options.redisProgram);
        m_mySqlStart = std::make_unique<MySqlStart>(*m_services, m_loop);
        connect(m_services.get(), &net::LocalServices::started, this, &LocalSession::onServices);
    }
    m_services->start(wanted);
}

void LocalSession::onServices(const net::Endpoints &endpoints)
{
    startExamples(endpoints);
    if (m_demosWanted > 0)
        startDemos(endpoints);
}

void LocalSession::startExamples(const net::Endpoints &endpoints)
{
    for (const ExampleSpec &wanted : std::exchange(m_examplesWanted, {})) {
        const auto served = withLocalServices(wanted, endpoints);
        if (const auto *why = std::get_if<QString>(&served))
            commandDone(*why);
        else
            launchOnLoop(std::get<ExampleSpec>(served), wanted);
    }
}

QString LocalSession::scratchFolder()
{
    if (!m_folder)
        m_folder = std::make_unique<net::ScratchFolder>(QStringLiteral("demo"));
    return m_folder->path();
}

void LocalSession::carryOut(DownloadCommand command)
{
    onLoop([side = m_loopSide, command = std::move(command)] {
        side->context.downloads->carryOut(command.command);
        side->context.downloads
            ->publishNow(); // the list hears of it before the command counts as carried out
        return QString();
    });
}

void LocalSession::startDemos(const net::Endpoints &endpoints)
{
    for (const QString &problem : endpoints.problems)
        emit notice(tr("The demo runs without a service: %1.").arg(problem));
    if (endpoints.problems.isEmpty())
        emit notice(tr("Local services run: files at %1, Redis at %2.")
                        .arg(endpoints.http.authority(), portsOf(endpoints.redis)));
    for (; m_demosWanted > 0; --m_demosWanted) {
        m_loop.post([this, endpoints, side = m_loopSide, folder = scratchFolder()] {
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
