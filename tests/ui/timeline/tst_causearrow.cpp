// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/storefixture.h"
#include "ui/timeline/causearrow.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestCauseArrow : public QObject
{
    Q_OBJECT
private slots:
    void aTaskThatEndedWokeItsJoiner();
    void theArrowStartsWhenItBecameReady();
    void whoSetTheFutureWokeTheWaiter();
    void theFirstSliceComesFromTheCreator();
    void aTimerHasNoArrow();
    void aSliceThatIsNotThereHasNone();
};

void TestCauseArrow::aTaskThatEndedWokeItsJoiner()
{
    StoreFixture f;
    const TaskId joiner = f.spawn("joiner", {}, 0s);
    const TaskId worker = f.spawn("worker", {}, 1ms);
    f.slice(joiner, 2ms, 3ms, f.joins(worker));
    f.slice(worker, 4ms, 5ms, f.sleeps(1s));
    f.end(worker, 10ms, 11ms);
    f.end(joiner, 12ms, 13ms, trace::Outcome::Done, {}, trace::Cause::Task, worker.value);
    f.play(1s);
    const auto arrow = causeArrow(f.store(), joiner, 1);
    QVERIFY(arrow);
    QCOMPARE(arrow->from, worker);
    QCOMPARE(arrow->to, joiner);
    QCOMPARE(arrow->toTime, model::Time(12ms));
}

void TestCauseArrow::theArrowStartsWhenItBecameReady()
{
    StoreFixture f;
    const TaskId joiner = f.spawn("joiner", {}, 0s);
    const TaskId worker = f.spawn("worker", {}, 1ms);
    f.slice(joiner, 2ms, 3ms, f.joins(worker));
    f.end(worker, 10ms, 11ms);
    f.ready(joiner, 11ms, trace::Cause::Task, worker.value);
    f.end(joiner, 50ms, 51ms, trace::Outcome::Done, {}, trace::Cause::Task, worker.value);
    f.play(1s);
    QCOMPARE(causeArrow(f.store(), joiner, 1)->fromTime, model::Time(11ms));
}

void TestCauseArrow::whoSetTheFutureWokeTheWaiter()
{
    StoreFixture f;
    const FutureId future = f.newFuture("answer", 0s);
    const TaskId waiter = f.spawn("waiter", {}, 1ms);
    const TaskId setter = f.spawn("setter", {}, 2ms);
    f.slice(waiter, 3ms, 4ms, f.future(future));
    f.end(setter, 10ms, 12ms);
    f.resolved(future, 11ms, setter);
    f.end(waiter, 13ms, 14ms, trace::Outcome::Done, {}, trace::Cause::Future, future.value);
    f.play(1s);
    const auto arrow = causeArrow(f.store(), waiter, 1);
    QVERIFY(arrow);
    QCOMPARE(arrow->from, setter);
}

void TestCauseArrow::theFirstSliceComesFromTheCreator()
{
    StoreFixture f;
    const TaskId parent = f.spawn("parent", {}, 0s);
    const TaskId child = f.spawn("child", {}, 5ms, parent);
    f.slice(parent, 4ms, 6ms, f.sleeps(1s));
    f.slice(child, 20ms, 21ms, f.sleeps(1s));
    f.play(1s);
    const auto arrow = causeArrow(f.store(), child, 0);
    QVERIFY(arrow);
    QCOMPARE(arrow->from, parent);
    QCOMPARE(arrow->fromTime, model::Time(5ms));
    QVERIFY(!causeArrow(f.store(), parent, 0)); // nobody created it
}

void TestCauseArrow::aTimerHasNoArrow()
{
    StoreFixture f;
    const TaskId task = f.spawn("sleep", {}, 0s);
    f.slice(task, 1ms, 2ms, f.sleeps(10ms));
    f.end(task, 12ms, 13ms, trace::Outcome::Done, {}, trace::Cause::Timer);
    f.play(1s);
    QVERIFY(!causeArrow(f.store(), task, 1));
}

void TestCauseArrow::aSliceThatIsNotThereHasNone()
{
    StoreFixture f;
    const TaskId task = f.spawn("sleep", {}, 0s);
    f.play(1s);
    QVERIFY(!causeArrow(f.store(), task, 0));
    QVERIFY(!causeArrow(f.store(), TaskId {99}, 0));
}

QTEST_APPLESS_MAIN(TestCauseArrow)
#include "tst_causearrow.moc"
