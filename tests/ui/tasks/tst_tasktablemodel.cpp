// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/pulse.h"
#include "ui/tasks/tasktablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::FakeSession;

class TestTaskTableModel : public QObject
{
    Q_OBJECT
private slots:
    void aSpawnedTaskGetsARow();
    void aCalledCoroutineGetsARowWhenAskedFor();
    void newRowsAreInsertedWithoutAReset();
    void rowsAreSortedAndMoveAsTheirValuesChange();
    void textsAreSortedBeyondTheirBeginning();
    void theFilterKeepsWhatMatchesInNameResultOrState();
    void aSelectedRowIsFollowedThroughSortingAndFiltering();
    void clearedTasksGoAndTheOthersStay();
    void clearedTasksGoAtOnceWhereRefreshingIsPaced();
    void theStateCellHasTheProgressOfADownload();
    void aTaskThatBlockedTheLoopIsMarkedAndSaysWhatToDo();
    void aFrozenTableStandsStill();
    void aHundredThousandTasksAreSortedAndFilteredFast();

private:
    static QStringList names(const TaskTableModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << model.index(row, int(TaskColumn::Name)).data().toString();
        return names;
    }
};

void TestTaskTableModel::aSpawnedTaskGetsARow()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    const QAbstractItemModelTester tester(&model);
    session.sleeper(5, "sleep 2 s").script.after(1s).commit();
    QTRY_COMPARE(model.rowCount(), 1);
    const auto cell = [&model](TaskColumn column) { return model.index(0, int(column)).data().toString(); };
    QCOMPARE(cell(TaskColumn::Id), "5");
    QCOMPARE(cell(TaskColumn::Name), "sleep 2 s");
    QCOMPARE(cell(TaskColumn::Kind), "sleep");
    QCOMPARE(cell(TaskColumn::State), "suspended");
    QCOMPARE(cell(TaskColumn::Polls), "1");
    QCOMPARE(cell(TaskColumn::Busy), "20 µs");
    QCOMPARE(cell(TaskColumn::Total), "1.00 s");
}

void TestTaskTableModel::aCalledCoroutineGetsARowWhenAskedFor()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    session.script.created(1).resumed(1).created(2, 1, trace::EntityKind::Coroutine).resumed(2).after(1us);
    session.script.suspended(2, trace::WaitKind::Sleep, 1).suspended(1, trace::WaitKind::Task, 2).commit();
    QTRY_COMPARE(model.rowCount(), 1);
    model.setFilter({.text = {}, .calledCoroutines = true});
    QCOMPARE(model.rowCount(), 2);
}

void TestTaskTableModel::newRowsAreInsertedWithoutAReset()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    session.sleeper(1, "one").script.commit();
    QTRY_COMPARE(model.rowCount(), 1);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (std::uint32_t id = 2; id <= 500; ++id)
        session.sleeper(id, QStringLiteral("task %1").arg(id));
    session.script.commit();
    QTRY_COMPARE(model.rowCount(), 500);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void TestTaskTableModel::rowsAreSortedAndMoveAsTheirValuesChange()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    const QAbstractItemModelTester tester(&model);
    session.sleeper(1, "banana").sleeper(2, "Apple").sleeper(3, "cherry").script.commit();
    model.sort(int(TaskColumn::Name), Qt::AscendingOrder);
    QTRY_COMPARE(names(model), (QStringList {"Apple", "banana", "cherry"}));
    model.sort(int(TaskColumn::Name), Qt::DescendingOrder);
    QCOMPARE(names(model), (QStringList {"cherry", "banana", "Apple"}));
    model.sort(int(TaskColumn::Polls), Qt::DescendingOrder);
    session.end(1).script.commit();
    QTRY_COMPARE(names(model), (QStringList {"banana", "Apple", "cherry"}));
}

void TestTaskTableModel::textsAreSortedBeyondTheirBeginning()
{
    QStringList texts {"download 10", "download 2", "Ж one", "Ж two", "ÿb", "\u0100a", "zebra", "a", ""};
    std::sort(texts.begin(), texts.end(),
              [](const QString &a, const QString &b) { return SortKey::ofText(a) < SortKey::ofText(b); });
    QStringList expected = texts;
    std::sort(expected.begin(), expected.end(),
              [](const QString &a, const QString &b) { return a.toCaseFolded() < b.toCaseFolded(); });
    QCOMPARE(texts, expected);
}

void TestTaskTableModel::theFilterKeepsWhatMatchesInNameResultOrState()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    const QAbstractItemModelTester tester(&model);
    session.sleeper(1, "GET ubuntu.iso", "download")
        .sleeper(2, "sleep 2 s")
        .sleeper(3, "redis host1", "redis");
    session.end(1, trace::Outcome::Done, "611738 bytes").end(2, trace::Outcome::Failed, "404 Not Found");
    session.script.commit();
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFilter({.text = "UBUNTU get"});
    QCOMPARE(names(model), QStringList {"GET ubuntu.iso"});
    model.setFilter({.text = "not found"});
    QCOMPARE(names(model), QStringList {"sleep 2 s"});
    model.setFilter({.text = "redis"});
    QCOMPARE(names(model), QStringList {"redis host1"});
    model.setFilter({.text = {}, .states = 1ull << int(model::TaskState::Done)});
    QCOMPARE(names(model), QStringList {"GET ubuntu.iso"});
    session.end(3).script.commit();
    QTRY_COMPARE(names(model), (QStringList {"GET ubuntu.iso", "redis host1"}));
    model.setFilter({});
    QCOMPARE(model.rowCount(), 3);
}

void TestTaskTableModel::aSelectedRowIsFollowedThroughSortingAndFiltering()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    const QAbstractItemModelTester tester(&model);
    for (std::uint32_t id = 1; id <= 20; ++id)
        session.sleeper(id, QStringLiteral("task %1").arg(id % 2 ? 100 + id : id));
    session.script.commit();
    QTRY_COMPARE(model.rowCount(), 20);
    const QPersistentModelIndex held = model.index(model.rowOf(TaskId {7}), int(TaskColumn::Name));
    model.sort(int(TaskColumn::Name), Qt::DescendingOrder);
    QCOMPARE(held.data().toString(), "task 107");
    model.setFilter({.text = "10"});
    QCOMPARE(held.data().toString(), "task 107");
    QCOMPARE(model.taskAt(held.row()), TaskId {7});
    model.setFilter({});
    QCOMPARE(held.data().toString(), "task 107");
    model.setFilter({.text = "nothing of the kind"});
    QVERIFY(!held.isValid());
}

void TestTaskTableModel::clearedTasksGoAndTheOthersStay()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    const QAbstractItemModelTester tester(&model);
    session.sleeper(1, "one").sleeper(2, "two").sleeper(3, "three").end(1).end(3).script.commit();
    QTRY_COMPARE(model.rowCount(), 3);
    session.store().removeEnded();
    session.script.commit();
    QTRY_COMPARE(names(model), QStringList {"two"});
    session.store().clear();
    QTRY_COMPARE(model.rowCount(), 0);
}

void TestTaskTableModel::clearedTasksGoAtOnceWhereRefreshingIsPaced()
{
    class Slow : public TaskTableModel
    {
    public:
        using TaskTableModel::TaskTableModel;
        std::vector<TaskId> wantedRows() const override
        {
            QTest::qSleep(50); // the next refresh comes 450 ms after it
            return TaskTableModel::wantedRows();
        }
        bool onlyAppends() const override { return false; }
    };
    FakeSession session;
    Pulse pulse(session.store());
    Slow model(session.store(), pulse);
    session.sleeper(1, "one").script.commit();
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy beat(&pulse, &Pulse::beat);
    session.sleeper(2, "two").end(1).script.commit();
    if (beat.isEmpty())
        QVERIFY(beat.wait());
    QCOMPARE(names(model), QStringList {"one"});
    session.store().removeEnded();
    QCOMPARE(names(model), QStringList {"two"});
}

void TestTaskTableModel::theStateCellHasTheProgressOfADownload()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    session.sleeper(1, "GET a", "download");
    session.script.put(1, trace::EventType::Progress, {}, std::uint16_t(trace::ProgressUnit::Bytes), 63, 100)
        .commit();
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex state = model.index(0, int(TaskColumn::State));
    QCOMPARE(state.data(TaskListModel::ProgressRole).toDouble(), 0.63);
    QCOMPARE(state.data().toString(), QString::fromUtf8("63\u00a0%"));
    session.end(1).script.commit();
    QTRY_COMPARE(state.data().toString(), "done");
    QVERIFY(!state.data(TaskListModel::ProgressRole).isValid());
}

void TestTaskTableModel::aTaskThatBlockedTheLoopIsMarkedAndSaysWhatToDo()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    session.script.created(1).resumed(1).after(250ms).suspended(1, trace::WaitKind::Sleep, 1).commit();
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex mark = model.index(0, int(TaskColumn::Warnings));
    QVERIFY(mark.data(TaskListModel::WarningRole).toBool());
    const QString tip = mark.data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains("250 ms") && tip.contains("50 ms") && tip.contains("ThreadExecutor"),
             qPrintable(tip));
}

void TestTaskTableModel::aFrozenTableStandsStill()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    session.sleeper(1, "one").script.commit();
    QTRY_COMPARE(model.rowCount(), 1);
    pulse.setFrozen(true);
    QSignalSpy beat(&pulse, &Pulse::beat);
    session.sleeper(2, "two").script.after(3s).commit();
    QTest::qWait(40);
    QCOMPARE(beat.size(), 0);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, int(TaskColumn::Total)).data().toString(), "20 µs");
    pulse.setFrozen(false);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, int(TaskColumn::Total)).data().toString(), "3.00 s");
}

void TestTaskTableModel::aHundredThousandTasksAreSortedAndFilteredFast()
{
    FakeSession session;
    Pulse pulse(session.store());
    TaskTableModel model(session.store(), pulse);
    for (std::uint32_t id = 1; id <= 100'000; ++id)
        session.sleeper(id, QStringLiteral("task %1").arg((id * 7919u) % 100'003u));
    session.script.commit();
    QTRY_COMPARE(model.rowCount(), 100'000);
    QElapsedTimer timer;
    timer.start();
    model.sort(int(TaskColumn::Name), Qt::AscendingOrder);
    const qint64 byName = timer.restart();
    model.sort(int(TaskColumn::Busy), Qt::DescendingOrder);
    const qint64 byBusy = timer.restart();
    model.setFilter({.text = "task 999"});
    const qint64 filtered = timer.elapsed();
    QVERIFY(model.rowCount() > 100 && model.rowCount() < 1000);
    qInfo("sorted by name in %lld ms, by time in %lld ms; filtered in %lld ms", byName, byBusy, filtered);
}

QTEST_MAIN(TestTaskTableModel)
#include "tst_tasktablemodel.moc"
