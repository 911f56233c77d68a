// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/timerheap.h"

#include <QTest>

#include <map>
#include <memory>
#include <random>
#include <vector>

using namespace coroscope;

namespace {

struct Alarm final : TimerNode
{
    void timeIsUp() noexcept override { }
    int number = 0;
};

} // namespace

class TimerHeapTest : public QObject
{
    Q_OBJECT

private slots:
    void theEarliestComesFirst();
    void equalTimesComeInTheOrderInWhichTheyWereAdded();
    void aRemovedTimerNeverComes();
    void removingWhatIsNotInDoesNothing();
    void aTimerMayBeAddedAgain();
    void randomUseAgreesWithAnOrderedMap();
};

void TimerHeapTest::theEarliestComesFirst()
{
    TimerHeap heap;
    std::array<Alarm, 5> alarms;
    const std::array due {50, 10, 40, 20, 30};
    for (std::size_t i = 0; i < 5; ++i)
        heap.add(alarms[i], due[i]);
    QCOMPARE(heap.size(), std::size_t(5));
    for (int expected = 10; expected <= 50; expected += 10) {
        TimerNode &node = heap.takeFirst();
        QCOMPARE(node.due(), std::int64_t(expected));
        QVERIFY(!node.isArmed());
    }
    QVERIFY(heap.isEmpty());
}

void TimerHeapTest::equalTimesComeInTheOrderInWhichTheyWereAdded()
{
    TimerHeap heap;
    std::vector<Alarm> alarms(500);
    for (int i = 0; i < 500; ++i) {
        alarms[std::size_t(i)].number = i;
        heap.add(alarms[std::size_t(i)], i % 3);
    }
    int last = -1;
    std::int64_t lastDue = 0;
    while (!heap.isEmpty()) {
        const auto &alarm = static_cast<Alarm &>(heap.takeFirst());
        if (alarm.due() == lastDue)
            QVERIFY(alarm.number > last);
        lastDue = alarm.due();
        last = alarm.number;
    }
}

void TimerHeapTest::aRemovedTimerNeverComes()
{
    TimerHeap heap;
    std::array<Alarm, 3> alarms;
    for (std::size_t i = 0; i < 3; ++i)
        heap.add(alarms[i], std::int64_t(i));
    heap.remove(alarms[0]);
    QVERIFY(!alarms[0].isArmed());
    QVERIFY(&heap.takeFirst() == &alarms[1]);
    heap.remove(alarms[2]);
    QVERIFY(heap.isEmpty());
}

void TimerHeapTest::removingWhatIsNotInDoesNothing()
{
    TimerHeap heap;
    Alarm in;
    Alarm out;
    heap.add(in, 1);
    heap.remove(out);
    heap.remove(out);
    QCOMPARE(heap.size(), std::size_t(1));
    heap.takeFirst();
    heap.remove(in);
    QVERIFY(heap.isEmpty());
}

void TimerHeapTest::aTimerMayBeAddedAgain()
{
    TimerHeap heap;
    Alarm alarm;
    for (int i = 0; i < 3; ++i) {
        heap.add(alarm, i);
        QVERIFY(alarm.isArmed());
        QVERIFY(&heap.takeFirst() == &alarm);
    }
}

void TimerHeapTest::randomUseAgreesWithAnOrderedMap()
{
    for (unsigned seed = 1; seed <= 50; ++seed) {
        std::mt19937 random(seed);
        TimerHeap heap;
        std::vector<std::unique_ptr<Alarm>> alarms;
        for (int i = 0; i < 300; ++i)
            alarms.push_back(std::make_unique<Alarm>());
        std::map<std::pair<std::int64_t, int>, Alarm *> reference;
        std::map<Alarm *, std::pair<std::int64_t, int>> places;
        int sequence = 0;
        for (int step = 0; step < 4000; ++step) {
            Alarm *const alarm = alarms[random() % alarms.size()].get();
            if (alarm->isArmed()) {
                QVERIFY(places.contains(alarm));
                if (random() % 3 == 0) {
                    heap.remove(*alarm);
                    reference.erase(places.at(alarm));
                    places.erase(alarm);
                }
            } else {
                const std::pair key(std::int64_t(random() % 50), ++sequence);
                heap.add(*alarm, key.first);
                reference[key] = alarm;
                places[alarm] = key;
            }
            if (random() % 4 == 0 && !heap.isEmpty()) {
                Alarm *const expected = reference.begin()->second;
                QVERIFY2(&heap.takeFirst() == expected, qPrintable(QStringLiteral("seed %1").arg(seed)));
                reference.erase(reference.begin());
                places.erase(expected);
            }
            QCOMPARE(heap.size(), reference.size());
        }
    }
}

QTEST_GUILESS_MAIN(TimerHeapTest)
#include "tst_timerheap.moc"
