// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Random programs of tasks run twice: by coroutines on a Loop with a virtual clock, and by a reference that
// is a plain state machine. Both must log the same events in the same order, and what was recorded of the
// first run must follow the rules of emission and the legal moves of a task.
//
// COROSCOPE_SEED=n runs one program, and prints it; COROSCOPE_SEEDS=n so many.
#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/runtime/asyncgenerator.h"
#include "core/runtime/deferred.h"
#include "core/runtime/event.h"
#include "core/runtime/future.h"
#include "core/runtime/gather.h"
#include "core/runtime/generator.h"
#include "core/runtime/lock.h"
#include "core/runtime/queue.h"
#include "core/runtime/semaphore.h"
#include "core/runtime/shield.h"
#include "core/runtime/sleep.h"
#include "core/runtime/taskgroup.h"
#include "core/runtime/timeoutscope.h"
#include "core/runtime/wait.h"
#include "core/runtime/yield.h"
#include "tests/runtime/randomprogram.h"
#include "tests/support/traceprobe.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::test;

namespace {

class Stage
{
public:
    explicit Stage(const Program &program)
        : m_program(program)
        , m_tasks(program.tasks.size())
    {
        for (int i = 0; i < program.futures; ++i)
            m_futures.emplace_back();
        m_events.resize(std::size_t(program.events));
        m_locks.resize(std::size_t(program.locks));
        for (const int permits : program.semaphores)
            m_semaphores.emplace_back(std::size_t(permits));
        for (const int capacity : program.queues)
            m_queues.emplace_back(std::size_t(capacity));
        m_numbers = int(program.tasks.size());
        m_loop.onUnseenError([](const UnseenError &) { });
    }

    QStringList run()
    {
        for (int i = 0; i < m_program.spawnedAtStart; ++i)
            start(i);
        m_loop.runUntilIdle();
        return m_log;
    }

private:
    int now() const { return int(m_loop.now() / std::chrono::milliseconds(1)); }

    void start(int number)
    {
        auto &task = m_tasks[std::size_t(number)];
        if (!task)
            task = spawn(nameOf(number), &Stage::performTask, this, number,
                         &m_program.tasks[std::size_t(number)]);
    }
    static QString nameOf(int number) { return QStringLiteral("task %1").arg(number); }
    /// A task that no step can name.
    SpawnedTask<void> startChild(const Body *body)
    {
        const int number = m_numbers++;
        return spawn(nameOf(number), &Stage::performTask, this, number, body);
    }

    static QCoro::Task<void> performTask(Stage *stage, int number, const Body *body)
    {
        stage->m_log.append(startLine(number, stage->now()));
        Result result = Result::Ok;
        std::exception_ptr error;
        try {
            co_await play(stage, number, body);
        } catch (const CancelledError &) {
            result = Result::Cancelled;
            error = std::current_exception();
        } catch (const std::exception &) {
            result = Result::Failed;
            error = std::current_exception();
        }
        stage->m_log.append(endLine(number, stage->now(), result));
        if (error)
            std::rethrow_exception(error);
    }

    static QCoro::Task<void> play(Stage *stage, int number, const Body *body)
    {
        for (const Op &op : body->ops)
            co_await performOp(stage, number, &op);
    }
    static AsyncGenerator<int> generate(Stage *stage, int number, const Body *body)
    {
        for (const Op &op : body->ops) {
            co_await performOp(stage, number, &op);
            co_yield op.number;
        }
    }
    static Generator<int> count(int n)
    {
        for (int i = 1; i <= n; ++i)
            co_yield i;
    }
    static QCoro::Task<void> playGroup(TaskGroup group, Stage *stage, int number, const Op *op)
    {
        for (const Body &child : op->children) {
            const int childNumber = stage->m_numbers++;
            group.spawn(nameOf(childNumber), &Stage::performTask, stage, childNumber, &child);
        }
        co_await play(stage, number, op->body.get());
    }

    static QCoro::Task<void> performOp(Stage *stage, int number, const Op *op)
    {
        QString detail;
        Result result = Result::Ok;
        std::exception_ptr error;
        try {
            detail = co_await act(stage, number, op);
        } catch (const CancelledError &) {
            result = Result::Cancelled;
            error = std::current_exception();
        } catch (const std::exception &) {
            result = Result::Failed;
            error = std::current_exception();
        }
        stage->m_log.append(opLine(number, op->number, stage->now(), result, detail));
        if (!error || op->onError == OnError::Swallow)
            co_return;
        if (op->onError == OnError::CleanUp) {
            co_await yield();
            stage->m_log.append(cleanLine(number, op->number, stage->now()));
        }
        std::rethrow_exception(error);
    }

    static QCoro::Task<QString> act(Stage *stage, int number, const Op *op)
    {
        switch (op->kind) {
        case Kind::Sleep:
            co_await sleep(std::chrono::milliseconds(op->a));
            break;
        case Kind::Yield:
            co_await yield();
            break;
        case Kind::AwaitTask: {
            const SpawnedTask<void> task = stage->m_tasks[std::size_t(op->a)];
            if (!task)
                co_return QStringLiteral(" nobody");
            co_await task;
            break;
        }
        case Kind::AwaitFuture:
            co_await stage->m_futures[std::size_t(op->a)];
            break;
        case Kind::SetFuture:
            stage->m_futures[std::size_t(op->a)].set();
            break;
        case Kind::FailFuture:
            stage->m_futures[std::size_t(op->a)].setException(std::runtime_error("failed future"));
            break;
        case Kind::CancelFuture:
            co_return stage->m_futures[std::size_t(op->a)].cancel() ? QStringLiteral(" true")
                                                                    : QStringLiteral(" false");
        case Kind::CancelTask: {
            const SpawnedTask<void> task = stage->m_tasks[std::size_t(op->a)];
            co_return task &&task.cancel() ? QStringLiteral(" true") : QStringLiteral(" false");
        }
        case Kind::Spawn:
            stage->start(op->a);
            break;
        case Kind::Throw:
            throw std::runtime_error("thrown");
        case Kind::ThrowCancelled:
            throw CancelledError();
        case Kind::Call:
            co_await play(stage, number, op->body.get());
            break;
        case Kind::Wait: {
            std::vector<AnyTask> members;
            for (const int member : op->members)
                if (stage->m_tasks[std::size_t(member)])
                    members.push_back(stage->m_tasks[std::size_t(member)]);
            std::optional<std::chrono::nanoseconds> limit;
            if (op->timeout >= 0)
                limit = std::chrono::milliseconds(op->timeout);
            const WaitUntil until = std::array {WaitUntil::AllCompleted, WaitUntil::FirstCompleted,
                                                WaitUntil::FirstException}[std::size_t(op->until)];
            const WaitResult result = co_await wait(members, limit, until);
            co_return QStringLiteral(" %1 done %2 pending")
                .arg(result.done.size())
                .arg(result.pending.size());
        }
        case Kind::CallDeferred:
            co_await deferred(&Stage::play, stage, number, op->body.get());
            break;
        case Kind::AwaitEvent:
            co_await stage->m_events[std::size_t(op->a)].wait();
            break;
        case Kind::SetEvent:
            stage->m_events[std::size_t(op->a)].set();
            break;
        case Kind::ClearEvent:
            stage->m_events[std::size_t(op->a)].clear();
            break;
        case Kind::WithLock: {
            const Permit held = co_await stage->m_locks[std::size_t(op->a)].acquire();
            co_await play(stage, number, op->body.get());
            break;
        }
        case Kind::WithSemaphore: {
            const Permit held = co_await stage->m_semaphores[std::size_t(op->a)].acquire();
            co_await play(stage, number, op->body.get());
            break;
        }
        case Kind::Put:
            co_await stage->m_queues[std::size_t(op->a)].put(valueOf(number, op->number));
            break;
        case Kind::Get: {
            const int value = co_await stage->m_queues[std::size_t(op->a)].get();
            co_return QStringLiteral(" got %1").arg(value);
        }
        case Kind::WithTimeout:
            co_await withTimeout(std::chrono::milliseconds(op->a), &Stage::play, stage, number,
                                 op->body.get());
            break;
        case Kind::Shield: {
            const SpawnedTask<void> child = stage->startChild(op->body.get());
            co_await shield(child);
            break;
        }
        case Kind::Group:
            co_await withTaskGroup(&Stage::playGroup, stage, number, op);
            break;
        case Kind::Gather: {
            std::vector<SpawnedTask<void>> children;
            for (const Body &child : op->children)
                children.push_back(stage->startChild(&child));
            if (op->a == 0) {
                co_await gather(children);
                break;
            }
            const auto settled = co_await gatherSettled(children);
            co_return QStringLiteral(" %1 ok").arg(std::ranges::count_if(settled, &Settled<void>::isOk));
        }
        case Kind::Generate: {
            AsyncGenerator<int> generator = generate(stage, number, op->body.get());
            int values = 0;
            for (auto value = co_await generator.next(); value; value = co_await generator.next())
                ++values;
            co_return QStringLiteral(" %1 values").arg(values);
        }
        case Kind::Count: {
            int sum = 0;
            for (const int value : count(op->a))
                sum += value;
            co_return QStringLiteral(" sum %1").arg(sum);
        }
        }
        co_return QString();
    }

    const Program &m_program;
    Loop m_loop {{.clock = LoopClock::Virtual}};
    std::vector<SpawnedTask<void>> m_tasks;
    std::vector<Future<void>> m_futures;
    std::vector<coroscope::Event> m_events;
    std::vector<Lock> m_locks;
    std::vector<Semaphore> m_semaphores;
    std::vector<Queue<int>> m_queues;
    int m_numbers = 0;
    QStringList m_log;
};

unsigned number(const char *variable, unsigned otherwise)
{
    bool ok = false;
    const unsigned value = qEnvironmentVariable(variable).toUInt(&ok);
    return ok ? value : otherwise;
}

/// Where two logs part, in words; empty if they are the same.
QString difference(const QStringList &predicted, const QStringList &logged)
{
    if (predicted == logged)
        return {};
    qsizetype at = 0;
    while (at < predicted.size() && at < logged.size() && predicted[at] == logged[at])
        ++at;
    return QStringLiteral("after\n  %1\npredicted\n  %2\nbut was\n  %3\n")
        .arg(predicted.mid(std::max<qsizetype>(at - 8, 0), std::min<qsizetype>(at, 8)).join(u"\n  "),
             predicted.mid(at, 3).join(u"\n  "), logged.mid(at, 3).join(u"\n  "));
}

} // namespace

class RandomProgramsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void programsDoWhatTheReferencePredicts();
    void recordedProgramsFollowTheRulesOfEmission();
    void recordedProgramsMakeOnlyLegalMoves();

private:
    QString fault(unsigned seed);
    template<class Check>
    void forEachSeed(unsigned share, Check check);
    unsigned m_first = 1;
    unsigned m_count = 0;
};

void RandomProgramsTest::initTestCase()
{
    m_count = number("COROSCOPE_SEEDS", 3000);
    if (const unsigned seed = number("COROSCOPE_SEED", 0)) {
        m_first = seed;
        m_count = 1;
        const Program program = randomProgram(seed);
        qInfo().noquote() << program.inWords() << "\n" << predictedLog(program).join(u'\n');
    }
}

QString RandomProgramsTest::fault(unsigned seed)
{
    const Program program = randomProgram(seed);
    QStringList logged;
    {
        Stage stage(program);
        logged = stage.run();
    }
    QString fault = difference(predictedLog(program), logged);
    if (const std::size_t left = trace::liveFrames())
        fault.append(QStringLiteral("%1 frames left over\n").arg(left));
    return fault.isEmpty()
               ? fault
               : QStringLiteral("COROSCOPE_SEED=%1\n%2\n%3").arg(seed).arg(program.inWords(), fault);
}

/// One seed in `share`.
template<class Check>
void RandomProgramsTest::forEachSeed(unsigned share, Check check)
{
    for (unsigned seed = m_first; seed < m_first + m_count; ++seed) {
        if (seed % share != 0 && m_count > 1)
            continue;
        const QString fault = check(seed);
        if (!fault.isEmpty())
            QFAIL(qPrintable(fault));
    }
}

void RandomProgramsTest::programsDoWhatTheReferencePredicts()
{
    forEachSeed(1, [this](unsigned seed) { return fault(seed); });
}

void RandomProgramsTest::recordedProgramsFollowTheRulesOfEmission()
{
    forEachSeed(2, [this](unsigned seed) {
        TraceProbe probe;
        QString fault = this->fault(seed);
        probe.stop();
        if (!probe.breaches().isEmpty())
            fault.append(QStringLiteral("COROSCOPE_SEED=%1: %2").arg(seed).arg(probe.breaches().join(u", ")));
        if (probe.rules().unended() != 0)
            fault.append(QStringLiteral("COROSCOPE_SEED=%1: tasks without an end").arg(seed));
        if (probe.lostEvents() != 0)
            fault.append(QStringLiteral("COROSCOPE_SEED=%1: lost events").arg(seed));
        return fault;
    });
}

void RandomProgramsTest::recordedProgramsMakeOnlyLegalMoves()
{
    forEachSeed(3, [this](unsigned seed) {
        model::TraceStore store;
        model::Collector collector(store);
        trace::startRecording();
        QString fault = this->fault(seed);
        trace::stopRecording();
        collector.collectAll();
        const model::StoreFigures figures = store.figures();
        if (figures.breaches != 0)
            fault.append(
                QStringLiteral("COROSCOPE_SEED=%1: %2 illegal moves").arg(seed).arg(figures.breaches));
        if (figures.events == 0)
            fault.append(QStringLiteral("COROSCOPE_SEED=%1: nothing was recorded").arg(seed));
        return fault;
    });
}

QTEST_GUILESS_MAIN(RandomProgramsTest)
#include "tst_randomprograms.moc"
