// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Random programs of tasks run twice: by coroutines on a Loop with a virtual clock, and by a reference that
// is a plain state machine. Both must log the same events in the same order, and what was recorded of the
// first run must follow the rules of emission and the legal moves of a task.
//
// COROSCOPE_SEED=n runs one program, and prints it; COROSCOPE_SEEDS=n so many.
#include "core/model/collector.h"
#include "core/runtime/future.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
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
            task = spawn(QStringLiteral("task %1").arg(number), &Stage::perform, this, number);
    }

    static QCoro::Task<void> perform(Stage *stage, int number)
    {
        stage->m_log.append(startLine(number, stage->now()));
        Result result = Result::Ok;
        std::exception_ptr error;
        try {
            co_await play(stage, number, &stage->m_program.tasks[std::size_t(number)]);
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
        for (const Op &op : body->ops) {
            QString detail;
            Result result = Result::Ok;
            std::exception_ptr error;
            try {
                detail = co_await act(stage, number, &op);
            } catch (const CancelledError &) {
                result = Result::Cancelled;
                error = std::current_exception();
            } catch (const std::exception &) {
                result = Result::Failed;
                error = std::current_exception();
            }
            stage->m_log.append(opLine(number, op.number, stage->now(), result, detail));
            if (!error || op.onError == OnError::Swallow)
                continue;
            if (op.onError == OnError::CleanUp) {
                co_await yield();
                stage->m_log.append(cleanLine(number, op.number, stage->now()));
            }
            std::rethrow_exception(error);
        }
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
        }
        co_return QString();
    }

    const Program &m_program;
    Loop m_loop {{.clock = LoopClock::Virtual}};
    std::vector<SpawnedTask<void>> m_tasks;
    std::vector<Future<void>> m_futures;
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
