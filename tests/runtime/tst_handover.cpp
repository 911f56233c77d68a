// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/handover.h"

#include "core/runtime/task.h"
#include "core/trace/note.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using QCoro::Task;

namespace {

Handover says(QString name, Handover *next, int times, QStringList *log)
{
    const Guest guest;
    for (int i = 0; i < times; ++i) {
        log->append(QStringLiteral("%1 + %2").arg(name).arg(i));
        co_await next->switchTo();
    }
}
Handover goesBack(QStringList *log)
{
    log->append(QStringLiteral("one"));
    co_await Handover::switchBack();
    log->append(QStringLiteral("two"));
}
Handover fails(QStringList *log)
{
    log->append(QStringLiteral("fails"));
    throw std::runtime_error("failed");
    co_return;
}
Handover handsOverTo(Handover *other, QStringList *log)
{
    try {
        co_await other->switchTo();
        log->append(QStringLiteral("has its turn again"));
    } catch (const InvalidStateError &) {
        log->append(QStringLiteral("can't hand over"));
    }
}
Handover runs(Handover *other, QStringList *log)
{
    log->append(QStringLiteral("outer"));
    other->run();
    log->append(QStringLiteral("outer goes on"));
    co_return;
}
Handover countsDown(Handover *other, int *left)
{
    while (--*left > 0)
        co_await other->switchTo();
}

} // namespace

class HandoverTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void threeTakeTurnsUntilTheFirstEnds();
    void nothingRunsBeforeItsTurn();
    void itMayGoBackAndBeRunAgain();
    void whatItThrowsReachesWhoRunsThem();
    void handingOverToOneThatEndedGoesBack();
    void itMayHandOverToItself();
    void handingOverToNobodyIsAnError();
    void oneMayRunOthersInsideOfItsTurn();
    void handingOverToOneBelowIsAnError();
    void aMillionSwitchesDontGrowTheStack();
    void itIsSeenInsideOfWhoRunsThem();
    void aTasksTurnMayRunThem();
};

void HandoverTest::cleanup()
{
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void HandoverTest::threeTakeTurnsUntilTheFirstEnds()
{
    QStringList log;
    Handover a, b, c;
    a = says(QStringLiteral("A"), &b, 2, &log);
    b = says(QStringLiteral("B"), &c, 2, &log);
    c = says(QStringLiteral("C"), &a, 2, &log);
    a.run();
    QCOMPARE(log, (QStringList {"A + 0", "B + 0", "C + 0", "A + 1", "B + 1", "C + 1"}));
    QVERIFY(a.hasEnded());
    QVERIFY(b.hasStarted());
    QVERIFY(!b.hasEnded());
}

void HandoverTest::nothingRunsBeforeItsTurn()
{
    QStringList log;
    Handover a, b;
    a = says(QStringLiteral("A"), &b, 1, &log);
    b = says(QStringLiteral("B"), &a, 1, &log);
    QVERIFY(log.isEmpty());
    QVERIFY(!a.hasStarted());
    b.run();
    QCOMPARE(log, (QStringList {"B + 0", "A + 0"}));
}

void HandoverTest::itMayGoBackAndBeRunAgain()
{
    QStringList log;
    Handover a = goesBack(&log);
    a.run();
    QCOMPARE(log, QStringList {"one"});
    a.run();
    QCOMPARE(log, (QStringList {"one", "two"}));
    QVERIFY(a.hasEnded());
    a.run(); // nothing is left to do
}

void HandoverTest::whatItThrowsReachesWhoRunsThem()
{
    QStringList log;
    Handover a, b;
    b = fails(&log);
    a = handsOverTo(&b, &log);
    COROSCOPE_VERIFY_THROWS(a.run(), std::runtime_error);
    QVERIFY(b.hasEnded());
    a.run();
    QCOMPARE(log, (QStringList {"fails", "has its turn again"}));
}

void HandoverTest::handingOverToOneThatEndedGoesBack()
{
    QStringList log;
    Handover ended = goesBack(&log);
    ended.run();
    ended.run();
    log.clear();
    Handover a = handsOverTo(&ended, &log);
    a.run();
    QVERIFY(log.isEmpty());
    QVERIFY(!a.hasEnded());
    a.run();
    QCOMPARE(log, QStringList {"has its turn again"});
}

void HandoverTest::itMayHandOverToItself()
{
    QStringList log;
    Handover a;
    a = handsOverTo(&a, &log);
    a.run();
    QCOMPARE(log, QStringList {"has its turn again"});
}

void HandoverTest::handingOverToNobodyIsAnError()
{
    QStringList log;
    Handover nobody;
    Handover a = handsOverTo(&nobody, &log);
    a.run();
    QCOMPARE(log, QStringList {"can't hand over"});
    COROSCOPE_VERIFY_THROWS(nobody.run(), InvalidStateError);
}

void HandoverTest::oneMayRunOthersInsideOfItsTurn()
{
    QStringList log;
    Handover inner = goesBack(&log);
    Handover outer = runs(&inner, &log);
    outer.run();
    QCOMPARE(log, (QStringList {"outer", "one", "outer goes on"}));
}

void HandoverTest::handingOverToOneBelowIsAnError()
{
    QStringList log;
    Handover inner, outer;
    inner = handsOverTo(&outer, &log);
    outer = runs(&inner, &log);
    outer.run();
    QCOMPARE(log, (QStringList {"outer", "can't hand over", "outer goes on"}));
}

void HandoverTest::aMillionSwitchesDontGrowTheStack()
{
    int left = 1'000'000;
    Handover a, b;
    a = countsDown(&b, &left);
    b = countsDown(&a, &left);
    a.run();
    QCOMPARE(left, 0);
}

void HandoverTest::itIsSeenInsideOfWhoRunsThem()
{
    TraceProbe probe;
    QStringList log;
    {
        Handover a, b;
        a = says(QStringLiteral("A"), &b, 2, &log);
        b = says(QStringLiteral("B"), &a, 2, &log);
        a.run();
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QCOMPARE(probe.story(), (QStringList {
                                "created says by nobody",
                                "created says#2 by nobody",
                                "resumed says (start) on nobody",
                                "suspended says: call",
                                "resumed says#2 (start) on nobody",
                                "suspended says#2: call",
                                "resumed says (call) on nobody",
                                "suspended says: call",
                                "resumed says#2 (call) on nobody",
                                "suspended says#2: call",
                                "resumed says (call) on nobody",
                                "finished says: done",
                                "destroyed says#2",
                            }));
}

void HandoverTest::aTasksTurnMayRunThem()
{
    TraceProbe probe;
    QStringList log;
    {
        Loop loop(virtualTime());
        const auto task = spawn(
            "t",
            [](QStringList *lines) -> Task<void> {
                Handover a, b;
                a = says(QStringLiteral("A"), &b, 1, lines);
                b = says(QStringLiteral("B"), &a, 1, lines);
                a.run();
                co_return;
            },
            &log);
        loop.runUntilIdle();
        task.result();
    }
    probe.stop();
    QCOMPARE(log, (QStringList {"A + 0", "B + 0"}));
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

QTEST_GUILESS_MAIN(HandoverTest)
#include "tst_handover.moc"
