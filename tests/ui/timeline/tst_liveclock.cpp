// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/liveclock.h"

#include <QtTest>

using namespace coroscope::ui;
using coroscope::model::Time;
using namespace std::chrono_literals;

class TestLiveClock : public QObject
{
    Q_OBJECT
private slots:
    void goesOnBetweenCommits();
    void neverGoesBackWhenACommitComesLate();
    void startsAnewWhenTheStoreDoes();
    void aStoppedSessionStandsStill();

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

void TestLiveClock::goesOnBetweenCommits()
{
    LiveClock clock;
    QCOMPARE(clock.now(1s, m_start), Time(1s));
    QCOMPARE(clock.now(1s, m_start + 30ms), Time(1030ms));
    QCOMPARE(clock.now(1s, m_start + 3s), Time(4s)); // the loop is blocked, the picture is not
}

void TestLiveClock::neverGoesBackWhenACommitComesLate()
{
    LiveClock clock;
    clock.now(1s, m_start);
    QCOMPARE(clock.now(1s, m_start + 50ms), Time(1050ms));
    QCOMPARE(clock.now(1040ms, m_start + 51ms), Time(1050ms));
    QCOMPARE(clock.now(1040ms, m_start + 71ms), Time(1060ms));
}

void TestLiveClock::startsAnewWhenTheStoreDoes()
{
    LiveClock clock;
    clock.now(10s, m_start);
    QCOMPARE(clock.now(0s, m_start + 1s), Time(0s));
}

void TestLiveClock::aStoppedSessionStandsStill()
{
    LiveClock clock;
    clock.setSource(LiveClock::Source::Store);
    clock.now(1s, m_start);
    QCOMPARE(clock.now(1s, m_start + 1h), Time(1s));
}

QTEST_APPLESS_MAIN(TestLiveClock)
#include "tst_liveclock.moc"
