// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/readtrace.h"
#include "core/io/recording.h"
#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/runtime/future.h"
#include "core/runtime/sleep.h"
#include "core/runtime/wait.h"
#include "core/trace/note.h"
#include "storetext.h"
#include "tests/runtime/virtualloop.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QCoro::Task<int> step(int i)
{
    co_await sleep(std::chrono::milliseconds(i));
    if (i % 5 == 4)
        throw std::runtime_error("five");
    co_return i * 10;
}

QCoro::Task<int> work(int i)
{
    trace::setCategory("sleep");
    trace::print(u"begins “%1”"_s.arg(i));
    co_await sleep(3ms);
    const int ten = co_await step(i);
    co_return ten + 1;
}

QCoro::Task<QString> asks(Future<QString> future)
{
    const QString answer = co_await future;
    co_return answer + u"!"_s;
}

QCoro::Task<void> program()
{
    std::vector<AnyTask> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(spawn(u"work %1"_s.arg(i), work, i));
    const Future<QString> question({.name = u"question"_s});
    const auto asking = spawn("asks", asks, question);
    co_await wait(tasks, {}, WaitUntil::FirstException);
    question.set(u"forty-two"_s);
    co_await wait(tasks);
}

/// It ends; what it called, inside of its slice, goes on.
QCoro::Task<void> starter()
{
    asks(Future<QString>({.name = u"never"_s}));
    co_return;
}

void runProgram(Loop &loop)
{
    spawn("program", program);
    loop.runUntilIdle();
}

} // namespace

/// What was kept of a session makes the same session again.
class RecordingTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList textOfFile(const QString &name, std::optional<QString> *fault = nullptr)
    {
        QFile file(name);
        model::TraceStore store;
        if (!file.open(QIODevice::ReadOnly))
            return {u"no file"_s};
        const auto result = readTrace(file, store);
        if (const auto *why = std::get_if<QString>(&result))
            return {*why};
        if (fault)
            *fault = std::get<ReadReport>(result).fault;
        return textOf(store);
    }

private slots:
    void init() { trace::startRecording(); }
    void cleanup() { trace::stopRecording(); }

    void aSavedSessionIsTheSameSession()
    {
        model::TraceStore store;
        Recording recording(store);
        model::Collector collector(recording);
        {
            Loop loop(test::virtualTime());
            runProgram(loop);
        }
        collector.collectAll();
        QVERIFY(store.figures().events > 300);
        QCOMPARE(recording.save(path("saved.coro")), std::nullopt);
        std::optional<QString> fault;
        const QStringList read = textOfFile(path("saved.coro"), &fault);
        QCOMPARE(fault, std::nullopt);
        const QStringList there = textOf(store);
        QCOMPARE(read.size(), there.size());
        for (qsizetype i = 0; i < read.size(); ++i)
            QCOMPARE(read[i], there[i]);
    }

    void whatWasClearedIsNotSaved()
    {
        model::TraceStore store;
        Recording recording(store);
        model::Collector collector(recording);
        Loop loop(test::virtualTime());
        runProgram(loop);
        collector.collectAll();
        const auto lasting = spawn("lasting", asks, Future<QString>({.name = u"never"_s}));
        loop.runUntilIdle();
        collector.collectAll();
        const std::size_t before = store.tasks().size();
        recording.clearEnded();
        QVERIFY(store.tasks().size() + 40 < before);
        QCOMPARE(recording.clearedTasks(), before - store.tasks().size());
        spawn("later", work, 2);
        loop.runUntilIdle();
        collector.collectAll();

        QCOMPARE(recording.save(path("cleared.coro")), std::nullopt);
        QFile file(path("cleared.coro"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        model::TraceStore read;
        const auto result = readTrace(file, read);
        QVERIFY(std::holds_alternative<ReadReport>(result));
        QCOMPARE(std::get<ReadReport>(result).fault, std::nullopt);
        QCOMPARE(read.figures().breaches, 0u);
        QCOMPARE(textOf(read).mid(1), textOf(store).mid(1)); // but for how many events there were
        QVERIFY(!lasting.isDone());
    }

    void aTaskBelowAClearedOneIsSavedWithoutIt()
    {
        model::TraceStore store;
        Recording recording(store);
        model::Collector collector(recording);
        Loop loop(test::virtualTime());
        spawn("starter", starter);
        loop.runUntilIdle();
        collector.collectAll();
        recording.clearEnded();
        const QStringList there = textOf(store);
        QVERIFY(there.filter(u"asks"_s).size() > 0);
        QCOMPARE(there.filter(u"starter"_s).size(), 0);
        QCOMPARE(recording.save(path("below.coro")), std::nullopt);
        QCOMPARE(textOfFile(path("below.coro")).mid(1), there.mid(1));
    }

    void aLiveFileHoldsTheSessionFromItsBeginningOn()
    {
        model::TraceStore store;
        Recording recording(store);
        model::Collector collector(recording);
        Loop loop(test::virtualTime());
        runProgram(loop);
        collector.collectAll();
        QSignalSpy changed(&recording, &Recording::liveChanged);
        QCOMPARE(recording.startLive(path("live.coro")), std::nullopt);
        QVERIFY(recording.isLive());
        QCOMPARE(recording.liveFile(), path("live.coro"));
        runProgram(loop);
        collector.collectAll();
        QCOMPARE(recording.stopLive(), std::nullopt);
        QCOMPARE(changed.size(), 2);
        std::optional<QString> fault;
        const QStringList read = textOfFile(path("live.coro"), &fault);
        QCOMPARE(fault, std::nullopt);
        QCOMPARE(read, textOf(store));
    }

    void aLiveFileIsGoodToTheLastSecondIfTheProgramEnds()
    {
        model::TraceStore store;
        Recording recording(store);
        model::Collector collector(recording);
        QCOMPARE(recording.startLive(path("live.coro")), std::nullopt);
        Loop loop(test::virtualTime());
        runProgram(loop);
        collector.collectAll();
        const auto isThere = [&] {
            std::optional<QString> fault;
            const QStringList read = textOfFile(path("live.coro"), &fault);
            return fault && fault->contains(u"wasn't closed"_s) && read == textOf(store);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 10'000); // without being asked
    }

    void aFileThatCannotBeWrittenIsTold()
    {
        model::TraceStore store;
        Recording recording(store);
        const QString nowhere = path("no/such/folder.coro");
        QVERIFY(recording.save(nowhere)->contains(nowhere));
        QVERIFY(recording.startLive(nowhere)->contains(nowhere));
        QVERIFY(!recording.isLive());
        QVERIFY(recording.save(m_folder.path())->contains(m_folder.path()));
        QVERIFY(recording.startLive(u"/dev/full"_s) == std::nullopt);
        QSignalSpy failed(&recording, &Recording::failed);
        QTRY_VERIFY_WITH_TIMEOUT(!recording.isLive() || failed.size() == 1, 5'000);
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_recording.moc"
