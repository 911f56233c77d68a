// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/awaitforest.h"
#include "tests/model/script.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::EntityKind;
using trace::WaitKind;

namespace {

/// A line each, two spaces a step: "1", "  2 again", "  1 cycle!", "  +3"; "!" marks those of a circle.
QStringList linesOf(const TraceStore &store, std::size_t most = 1000, std::uint32_t budget = 1000)
{
    PendingTasks pending;
    while (!pending.read(store, budget)) { }
    QStringList lines;
    for (const AwaitLine &line : awaitForest(store, pending.ids(), most).lines) {
        QString text = QString(2 * int(line.depth), ' ');
        if (line.kind == AwaitLine::Kind::More)
            text += QStringLiteral("+%1").arg(line.more);
        else
            text += QString::number(line.task.value);
        if (line.kind == AwaitLine::Kind::Again)
            text += " again";
        if (line.kind == AwaitLine::Kind::Cycle)
            text += " cycle";
        lines << (line.isInCycle ? text + "!" : text);
    }
    return lines;
}

void waits(Script &s, std::uint32_t id, WaitKind kind, std::uint64_t detail)
{
    s.resumed(id).suspended(id, kind, detail);
}

} // namespace

class TestAwaitForest : public QObject
{
    Q_OBJECT
private slots:
    void aChainStandsUnderTheOneThatNobodyWaitsFor();
    void theMembersOfAWaitStandUnderIt();
    void whatTwoWaitForIsSpelledOutOnce();
    void aCycleStandsFirstAndIsMarked();
    void aCycleBelowAWaiterIsMarkedWithoutHim();
    void endedTasksLoopsAndWorkersAreLeftOut();
    void whatIsTooManyIsCounted();
    void readingBitByBitForgetsWhatEnded();
};

void TestAwaitForest::aChainStandsUnderTheOneThatNobodyWaitsFor()
{
    Script s;
    s.created(1).created(2).created(3).created(4);
    waits(s, 3, WaitKind::Sleep, 1000);
    waits(s, 1, WaitKind::Join, 3);
    waits(s, 4, WaitKind::Join, 1);
    s.commit();
    QCOMPARE(linesOf(s.store), (QStringList {"2", "4", "  1", "    3"}));
    QCOMPARE(linesOf(s.store, 1000, 1), linesOf(s.store));
}

void TestAwaitForest::theMembersOfAWaitStandUnderIt()
{
    Script s;
    s.created(1).created(2).created(3).created(4).resumed(1);
    s.put(1, trace::EventType::WaitBegun, {}, 0, 9, ~0ull);
    for (const std::uint32_t member : {2, 3, 4})
        s.put(member, trace::EventType::WaitMember, {}, 0, 9, 0);
    s.suspended(1, WaitKind::Wait, 9);
    s.resumed(3).finished(3).commit();
    QCOMPARE(linesOf(s.store), (QStringList {"1", "  2", "  4"}));
}

void TestAwaitForest::whatTwoWaitForIsSpelledOutOnce()
{
    Script s;
    s.created(1).created(2).created(3).created(4);
    waits(s, 3, WaitKind::Join, 4);
    waits(s, 1, WaitKind::Join, 3);
    waits(s, 2, WaitKind::Join, 3);
    s.commit();
    QCOMPARE(linesOf(s.store), (QStringList {"1", "  3", "    4", "2", "  3 again"}));
}

void TestAwaitForest::aCycleStandsFirstAndIsMarked()
{
    Script s;
    s.created(1).created(2).created(3).created(4);
    waits(s, 2, WaitKind::Join, 3);
    waits(s, 3, WaitKind::Join, 4);
    waits(s, 4, WaitKind::Join, 2);
    s.commit();
    QCOMPARE(linesOf(s.store), (QStringList {"2!", "  3!", "    4!", "      2 cycle!", "1"}));
    QVERIFY(s.store.awaitsItself(TaskId {2}));
}

void TestAwaitForest::aCycleBelowAWaiterIsMarkedWithoutHim()
{
    Script s;
    s.created(1).created(2).created(3);
    waits(s, 2, WaitKind::Join, 3);
    waits(s, 3, WaitKind::Join, 2);
    waits(s, 1, WaitKind::Join, 2);
    s.commit();
    QCOMPARE(linesOf(s.store), (QStringList {"1", "  2!", "    3!", "      2 cycle!"}));
    PendingTasks pending;
    QVERIFY(pending.read(s.store, 100));
    QCOMPARE(awaitForest(s.store, pending.ids()).cycles, 1u);
}

void TestAwaitForest::endedTasksLoopsAndWorkersAreLeftOut()
{
    Script s;
    s.created(1, 0, EntityKind::Loop).created(2, 0, EntityKind::Worker);
    s.created(3).created(4).resumed(3).finished(3).commit();
    QCOMPARE(linesOf(s.store), QStringList {"4"});
}

void TestAwaitForest::whatIsTooManyIsCounted()
{
    Script s;
    for (std::uint32_t id = 1; id <= 100; ++id)
        s.created(id);
    s.resumed(1).put(1, trace::EventType::WaitBegun, {}, 0, 9, ~0ull);
    for (std::uint32_t member = 2; member <= 61; ++member)
        s.put(member, trace::EventType::WaitMember, {}, 0, 9, 0);
    s.suspended(1, WaitKind::Wait, 9).commit();
    const QStringList lines = linesOf(s.store, 50);
    QCOMPARE(lines[40], "  41");
    QCOMPARE(lines[41], "  +20");
    QCOMPARE(lines.last(), "+31");
    QCOMPARE(lines.size(), 51);
}

void TestAwaitForest::readingBitByBitForgetsWhatEnded()
{
    Script s;
    PendingTasks pending;
    for (std::uint32_t id = 1; id <= 30; ++id) {
        s.created(id);
        if (id % 3)
            s.resumed(id).finished(id);
        s.commit();
        pending.read(s.store, 1 + id % 4);
    }
    while (!pending.read(s.store, 2)) { }
    while (!pending.read(s.store, 1)) { }
    QCOMPARE(std::vector(pending.ids().begin(), pending.ids().end()),
             ids({3, 6, 9, 12, 15, 18, 21, 24, 27, 30}));
}

QTEST_APPLESS_MAIN(TestAwaitForest)
#include "tst_awaitforest.moc"
