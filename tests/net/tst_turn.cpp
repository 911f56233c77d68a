// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/turn.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::net;
using namespace std::chrono_literals;

namespace {

struct Log
{
    int inside = 0;
    int most = 0;
    QList<int> order;
};

QCoro::Task<> pass(std::shared_ptr<Turnstile> turnstile, std::shared_ptr<Log> log, int number)
{
    Turn turn(turnstile);
    while (!turn.isMine())
        co_await turn.wait({});
    log->order << number;
    log->most = std::max(log->most, ++log->inside);
    co_await sleep(1s);
    --log->inside;
}

} // namespace

class TestTurn : public QObject
{
    Q_OBJECT
private slots:
    void asManyAsTherePlacesGoInTheOrderOfComing()
    {
        Loop loop({.clock = LoopClock::Virtual});
        const auto turnstile = std::make_shared<Turnstile>(2);
        const auto log = std::make_shared<Log>();
        for (int i = 0; i < 6; ++i)
            spawn("pass", pass, turnstile, log, i);
        loop.runUntilIdle();
        QCOMPARE(log->most, 2);
        QCOMPARE(log->order, QList<int>({0, 1, 2, 3, 4, 5}));
        QCOMPARE(loop.now(), std::chrono::nanoseconds(3s));
        QVERIFY(turnstile->isIdle());
    }

    void cancelledOnesGiveTheirPlaceToTheNext()
    {
        Loop loop({.clock = LoopClock::Virtual});
        const auto turnstile = std::make_shared<Turnstile>(1);
        const auto log = std::make_shared<Log>();
        std::vector<SpawnedTask<void>> tasks;
        for (int i = 0; i < 4; ++i)
            tasks.push_back(spawn("pass", pass, turnstile, log, i));
        loop.turnOnce();
        tasks[0].cancel(); // is inside
        tasks[1].cancel(); // would be next
        loop.runUntilIdle();
        QCOMPARE(log->order, QList<int>({0, 2, 3}));
        QVERIFY(turnstile->isIdle());
    }
};

QTEST_GUILESS_MAIN(TestTurn)
#include "tst_turn.moc"
