// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/clock.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace coroscope::trace;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

class ClockTest : public QObject
{
    Q_OBJECT

private slots:
    void readingsNeverGoBack();
    void readingsNeverGoBackAcrossAHandOver();
    void durationsAgreeWithTheSteadyClock();
    void ticksAndNanosecondsConvertThereAndBack();
    void differencesMayBeNegative();
    void longDurationsKeepTheirPrecision();
    void theAnchorIsTheSameInstantOnBothClocks();
};

void ClockTest::readingsNeverGoBack()
{
    std::uint64_t last = Clock::ticks();
    for (int i = 0; i < 1'000'000; ++i) {
        const std::uint64_t now = Clock::ticks();
        QVERIFY(now >= last);
        last = now;
    }
}

void ClockTest::readingsNeverGoBackAcrossAHandOver()
{
    std::mutex mutex;
    std::condition_variable turned;
    int turn = 0;
    std::uint64_t last = 0;
    int wentBack = 0;
    const auto play = [&](int side) {
        for (int i = 0; i < 5'000; ++i) {
            std::unique_lock lock(mutex);
            turned.wait(lock, [&] { return turn == side; });
            const std::uint64_t now = Clock::ticks();
            wentBack += now < last;
            last = now;
            turn = 1 - side;
            lock.unlock();
            turned.notify_one();
        }
    };
    std::thread other(play, 1);
    play(0);
    other.join();
    QCOMPARE(wentBack, 0);
}

void ClockTest::durationsAgreeWithTheSteadyClock()
{
    // Preempted between two readings, one try says nothing: the best of several does.
    double best = 1;
    for (int attempt = 0; attempt < 20 && best > 1e-4; ++attempt) {
        const auto steadyBegin = steady_clock::now();
        const std::uint64_t begin = Clock::ticks();
        while (steady_clock::now() - steadyBegin < 20ms) { }
        const std::uint64_t end = Clock::ticks();
        const auto steadyEnd = steady_clock::now();
        const double ours = double(Clock::toNanoseconds(std::int64_t(end - begin)).count());
        const double theirs = double(nanoseconds(steadyEnd - steadyBegin).count());
        best = std::min(best, std::abs(ours / theirs - 1));
    }
    QVERIFY2(best <= 1e-4, qPrintable(QString::number(best)));
}

void ClockTest::ticksAndNanosecondsConvertThereAndBack()
{
    for (const nanoseconds duration : {nanoseconds(0), nanoseconds(1us), nanoseconds(1ms), nanoseconds(1s),
                                       nanoseconds(1h), nanoseconds(-5ms)}) {
        const nanoseconds back = Clock::toNanoseconds(Clock::toTicks(duration));
        QVERIFY2(std::abs((back - duration).count()) <= 2 + std::abs(duration.count()) / 1'000'000'000,
                 qPrintable(QString::number(duration.count())));
    }
}

void ClockTest::differencesMayBeNegative()
{
    const std::int64_t second = Clock::toTicks(1s);
    QVERIFY(second > 0);
    QCOMPARE(Clock::toNanoseconds(-second), -Clock::toNanoseconds(second));
}

void ClockTest::longDurationsKeepTheirPrecision()
{
    const std::int64_t week = Clock::toTicks(7 * 24h);
    const nanoseconds whole = Clock::toNanoseconds(week);
    const nanoseconds lessOne = Clock::toNanoseconds(week - Clock::toTicks(1ms));
    QVERIFY(std::abs(((whole - lessOne) - 1ms).count()) < 1000);
}

void ClockTest::theAnchorIsTheSameInstantOnBothClocks()
{
    const Clock::Anchor anchor = Clock::anchor();
    auto best = std::chrono::nanoseconds::max();
    for (int attempt = 0; attempt < 20; ++attempt) {
        const auto wallNow = std::chrono::system_clock::now();
        const nanoseconds since = Clock::toNanoseconds(std::int64_t(Clock::ticks() - anchor.ticks));
        QVERIFY(since > 0ns);
        best = std::min(best, std::chrono::abs(anchor.wall + since - wallNow));
    }
    QVERIFY2(best < 50ms, qPrintable(QString::number(best.count())));
    const Clock::Anchor again = Clock::anchor();
    QCOMPARE(again.ticks, anchor.ticks);
    QVERIFY(again.wall == anchor.wall);
}

QTEST_GUILESS_MAIN(ClockTest)
#include "tst_clock.moc"
