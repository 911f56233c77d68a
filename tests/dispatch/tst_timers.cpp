// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Timers as Qt documents them, on each event loop (COROSCOPE_LOOP).
#include "tests/dispatch/pair.h"

#include <QElapsedTimer>
#include <QSocketNotifier>

#include <random>

using namespace coroscope::test;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// Runs a function for each of its timers.
class Ticker : public QObject
{
public:
    std::function<void(int id)> onTimer = [](int) { };
    std::vector<int> fired;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        fired.push_back(event->timerId());
        onTimer(event->timerId());
    }
};

void keepBusy(std::chrono::milliseconds length)
{
    const auto end = steady_clock::now() + length;
    while (steady_clock::now() < end) { }
}

} // namespace

class TimersTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { settle(); }

    void preciseTimersAreNeverEarly_data()
    {
        QTest::addColumn<int>("interval");
        for (const int interval : {1, 3, 10, 50})
            QTest::addRow("%d ms", interval) << interval;
    }
    void preciseTimersAreNeverEarly()
    {
        QFETCH(int, interval);
        Ticker ticker;
        const auto start = steady_clock::now();
        ticker.startTimer(interval, Qt::PreciseTimer);
        std::vector<steady_clock::duration> times;
        ticker.onTimer = [&](int) { times.push_back(steady_clock::now() - start); };
        QVERIFY(runUntil([&] { return times.size() >= 4; }));
        for (std::size_t i = 0; i < times.size(); ++i)
            QVERIFY(times[i] >= std::chrono::milliseconds(interval) * int(i + 1));
    }
    void coarseTimersKeepWithinTheirBounds_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("slack");
        QTest::newRow("coarse") << Qt::CoarseTimer << 200 << 10;
        // Qt's own round the interval, then the time: up to a second in all.
        QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 1400 << 1000;
    }
    void coarseTimersKeepWithinTheirBounds()
    {
        QFETCH(Qt::TimerType, type);
        QFETCH(int, interval);
        QFETCH(int, slack);
        Ticker ticker;
        QElapsedTimer clock;
        clock.start();
        ticker.startTimer(interval, type);
        QVERIFY(runUntil([&] { return !ticker.fired.empty(); }));
        // Qt's own count whole milliseconds, from the last one's beginning on.
        QVERIFY2(clock.elapsed() >= interval - slack - 2, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(clock.elapsed() <= interval + slack + 500); // of which 500 for a busy machine
    }
    void timersFireInTheOrderOfTheirTimes()
    {
        Ticker ticker;
        const int third = ticker.startTimer(30, Qt::PreciseTimer);
        const int first = ticker.startTimer(10, Qt::PreciseTimer);
        const int second = ticker.startTimer(20, Qt::PreciseTimer);
        ticker.onTimer = [&](int id) { ticker.killTimer(id); };
        keepBusy(40ms); // all are due
        QVERIFY(runUntil([&] { return ticker.fired.size() == 3; }));
        QCOMPARE(ticker.fired, (std::vector<int> {first, second, third}));
    }
    void manyTimersFireInTheOrderOfTheirTimes()
    {
        Ticker ticker;
        std::mt19937 random(1);
        std::map<int, int> intervals;
        for (int i = 0; i < 20'000; ++i) {
            const int interval = 1 + int(random() % 300);
            intervals[ticker.startTimer(interval, Qt::PreciseTimer)] = interval;
        }
        for (auto timer = intervals.begin(); timer != intervals.end();) { // a third of them is stopped
            if (random() % 3 == 0) {
                ticker.killTimer(timer->first);
                timer = intervals.erase(timer);
            } else {
                ++timer;
            }
        }
        keepBusy(1ms);
        ticker.onTimer = [&](int id) { ticker.killTimer(id); };
        QVERIFY(runUntil([&] { return ticker.fired.size() >= intervals.size(); }));
        QCOMPARE(ticker.fired.size(), intervals.size());
        for (const int id : ticker.fired)
            QVERIFY(intervals.contains(id));
    }
    void aTimerThatMissedItsTimesFiresOnce()
    {
        Ticker ticker;
        ticker.startTimer(5, Qt::PreciseTimer);
        keepBusy(60ms);
        settle();
        QCOMPARE(ticker.fired.size(), std::size_t(1));
        QVERIFY(runUntil([&] { return ticker.fired.size() >= 3; })); // and goes on
    }
    void timersOfNoIntervalFireOnceAnIteration()
    {
        Ticker ticker;
        ticker.startTimer(0);
        ticker.startTimer(0);
        for (int i = 0; i < 5; ++i)
            dispatcher().processEvents(QEventLoop::AllEvents);
        QCOMPARE(ticker.fired.size(), std::size_t(10));
        for (int i = 0; i < 5; ++i)
            dispatcher().processEvents(QEventLoop::WaitForMoreEvents); // and nothing waits
        QCOMPARE(ticker.fired.size(), std::size_t(20));
    }
    void timersOfNoIntervalStarveNobody()
    {
        Ticker busy;
        busy.startTimer(0);
        Ticker other;
        other.startTimer(5, Qt::PreciseTimer);
        const Pair pair;
        int reads = 0;
        QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
        connect(&notifier, &QSocketNotifier::activated, [&] {
            pair.take();
            ++reads;
            pair.send();
        });
        pair.send();
        int posted = 0;
        std::function<void()> again = [&] {
            ++posted;
            QMetaObject::invokeMethod(this, [&] { again(); }, Qt::QueuedConnection);
        };
        again();
        QVERIFY(runUntil([&] { return other.fired.size() >= 3 && reads >= 20 && posted >= 20; }));
        QVERIFY(busy.fired.size() >= 3);
        again = [] { };
        settle();
    }
    void aTimerMayStopItself()
    {
        Ticker ticker;
        const int id = ticker.startTimer(1);
        ticker.onTimer = [&](int timer) { ticker.killTimer(timer); };
        QVERIFY(runUntil([&] { return !ticker.fired.empty(); }));
        QCOMPARE(dispatcher().remainingTime(id), -1);
        keepBusy(5ms);
        settle();
        QCOMPARE(ticker.fired.size(), std::size_t(1));
    }
    void aTimerMayReplaceItself()
    {
        Ticker ticker;
        std::vector<int> ids {ticker.startTimer(0)};
        ticker.onTimer = [&](int timer) {
            ticker.killTimer(timer);
            ids.push_back(ticker.startTimer(0));
        };
        for (int i = 0; i < 6; ++i) { // each waits for the next iteration
            dispatcher().processEvents(QEventLoop::AllEvents);
            QCOMPARE(ticker.fired.size(), std::size_t(i + 1));
        }
        ids.pop_back();
        QCOMPARE(ticker.fired, ids);
    }
    void aTimerMayStopOneThatIsDue()
    {
        Ticker ticker;
        const int first = ticker.startTimer(1, Qt::PreciseTimer);
        const int second = ticker.startTimer(2, Qt::PreciseTimer);
        ticker.onTimer = [&](int) { ticker.killTimer(second); };
        keepBusy(10ms);
        QVERIFY(runUntil([&] { return ticker.fired.size() >= 2; }));
        QCOMPARE(ticker.fired, (std::vector<int>(ticker.fired.size(), first)));
    }
    void anObjectMayDieInItsTimer()
    {
        auto *ticker = new Ticker;
        bool isDead = false;
        ticker->startTimer(1);
        ticker->startTimer(1);
        connect(ticker, &QObject::destroyed, [&] { isDead = true; });
        ticker->onTimer = [ticker](int) { ticker->deleteLater(); };
        QEventLoop events;
        connect(ticker, &QObject::destroyed, &events, &QEventLoop::quit);
        events.exec();
        QVERIFY(isDead);
        settle();
    }
    void aTimerDoesNotEnterItsOwnHandlerAgain()
    {
        Ticker ticker;
        Ticker other;
        int depth = 0;
        int deepest = 0;
        ticker.onTimer = [&](int) {
            deepest = std::max(deepest, ++depth);
            if (ticker.fired.size() == 1) {
                other.startTimer(1);
                QEventLoop nested;
                other.onTimer = [&](int id) {
                    if (other.fired.size() < 20)
                        return;
                    other.killTimer(id);
                    nested.quit();
                };
                nested.exec();
            }
            --depth;
        };
        ticker.startTimer(1, Qt::PreciseTimer);
        QVERIFY(runUntil([&] { return ticker.fired.size() >= 3; }));
        QCOMPARE(deepest, 1);
        QVERIFY(other.fired.size() >= 20);
    }
    void aTimerMayBeStoppedInANestedLoopOfItsHandler()
    {
        Ticker ticker;
        const int id = ticker.startTimer(1);
        ticker.onTimer = [&](int) {
            QEventLoop nested;
            QTimer::singleShot(1, &nested, [&] {
                ticker.killTimer(id);
                nested.quit();
            });
            nested.exec();
        };
        QVERIFY(runUntil([&] { return !ticker.fired.empty(); }));
        keepBusy(5ms);
        settle();
        QCOMPARE(ticker.fired.size(), std::size_t(1));
    }
    void theRemainingTimeIsKnown()
    {
        Ticker ticker;
        const int id = ticker.startTimer(5000, Qt::PreciseTimer);
        QVERIFY(dispatcher().remainingTime(id) > 4000);
        QVERIFY(dispatcher().remainingTime(id) <= 5000);
        const int soon = ticker.startTimer(1, Qt::PreciseTimer);
        keepBusy(5ms);
        QCOMPARE(dispatcher().remainingTime(soon), 0);
        int inHandler = -1;
        ticker.onTimer = [&](int timer) {
            ticker.killTimer(timer);
            const int again = ticker.startTimer(300, Qt::PreciseTimer);
            inHandler = dispatcher().remainingTime(again);
            ticker.killTimer(again);
        };
        QVERIFY(runUntil([&] { return !ticker.fired.empty(); }));
        QVERIFY(inHandler > 100 && inHandler <= 300);
    }
    void timersAreListedByTheirObject()
    {
        Ticker one;
        Ticker two;
        const int first = one.startTimer(1000, Qt::PreciseTimer);
        const int second = one.startTimer(2000, Qt::VeryCoarseTimer);
        const int third = two.startTimer(3000, Qt::CoarseTimer);
        auto timers = dispatcher().registeredTimers(&one);
        std::ranges::sort(timers, {}, &QAbstractEventDispatcher::TimerInfo::timerId);
        QCOMPARE(timers.size(), 2);
        QCOMPARE(timers[0].timerId, std::min(first, second));
        QCOMPARE(timers[0].interval + timers[1].interval, 3000);
        QVERIFY(dispatcher().unregisterTimers(&one));
        QVERIFY(dispatcher().registeredTimers(&one).isEmpty());
        QCOMPARE(dispatcher().registeredTimers(&two).size(), 1);
        QCOMPARE(dispatcher().registeredTimers(&two)[0].timerType, Qt::CoarseTimer);
        QVERIFY(dispatcher().unregisterTimer(third));
        QVERIFY(!dispatcher().unregisterTimer(third));
    }
    void aSingleShotFiresOnce()
    {
        int fired = 0;
        QTimer timer;
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, [&] { ++fired; });
        timer.start(1);
        int again = 0;
        QTimer::singleShot(2, this, [&] { ++again; });
        QTimer::singleShot(0, this, [&] { ++again; });
        QVERIFY(runUntil([&] { return fired == 1 && again == 2; }));
        keepBusy(5ms);
        settle();
        QCOMPARE(fired, 1);
        QCOMPARE(again, 2);
        QVERIFY(!timer.isActive());
    }
    void excludedTimersFireLater()
    {
        Ticker ticker;
        ticker.startTimer(1, Qt::PreciseTimer);
        ticker.startTimer(0);
        keepBusy(5ms);
        if (isGlib())
            QSKIP("Qt's dispatcher on GLib fires timers though they are excluded");
        for (int i = 0; i < 3; ++i)
            dispatcher().processEvents(QEventLoop::X11ExcludeTimers);
        QVERIFY(ticker.fired.empty());
        dispatcher().processEvents(QEventLoop::AllEvents);
        QCOMPARE(ticker.fired.size(), std::size_t(2));
    }
    void aLongTimerDoesNotKeepAShortOneWaiting()
    {
        Ticker ticker;
        ticker.startTimer(std::numeric_limits<int>::max(), Qt::PreciseTimer);
        ticker.startTimer(std::numeric_limits<int>::max(), Qt::CoarseTimer);
        const int brief = ticker.startTimer(3);
        QVERIFY(runUntil([&] { return !ticker.fired.empty(); }));
        QCOMPARE(ticker.fired.front(), brief);
    }
    void timersMoveWithTheirObject()
    {
        class Worker : public QObject
        {
        public:
            std::atomic<QThread *> firedOn = nullptr;
            std::atomic<int> fired = 0;

        protected:
            void timerEvent(QTimerEvent *) override
            {
                firedOn = QThread::currentThread();
                ++fired;
            }
        };
        QThread thread;
        thread.start();
        auto *worker = new Worker;
        worker->startTimer(2, Qt::PreciseTimer);
        QVERIFY(runUntil([&] { return worker->fired >= 2; }));
        QCOMPARE(worker->firedOn.load(), QThread::currentThread());
        worker->moveToThread(&thread);
        QTRY_COMPARE(worker->firedOn.load(), &thread);
        QVERIFY(dispatcher().registeredTimers(worker).isEmpty());
        QMetaObject::invokeMethod(
            worker, [worker, home = this->thread()] { worker->moveToThread(home); },
            Qt::BlockingQueuedConnection);
        QVERIFY(runUntil([&] { return worker->firedOn == QThread::currentThread(); }));
        delete worker;
        thread.quit();
        thread.wait();
    }
};

QTEST_GUILESS_MAIN(TimersTest)
#include "tst_timers.moc"
