// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What Qt documents of an event dispatcher's iterations, on each event loop (COROSCOPE_LOOP). Where Qt's own
// two differ from that, or among each other, it is said at the test:
// - awake() and aboutToBlock(): see theLoopSaysWhenItWaits().
#include "core/dispatch/loopkind.h"
#include "tests/dispatch/pair.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSemaphore>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>

#include <thread>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

const auto numberEvent = QEvent::Type(QEvent::registerEventType());

struct NumberEvent : QEvent
{
    explicit NumberEvent(int number)
        : QEvent(numberEvent)
        , number(number)
    { }
    int number;
};

class Receiver : public QObject
{
public:
    std::vector<int> numbers;
    std::function<void(int)> onNumber = [](int) { };

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != numberEvent)
            return QObject::event(event);
        numbers.push_back(static_cast<NumberEvent *>(event)->number);
        onNumber(numbers.back());
        return true;
    }
};

void post(QObject &receiver, int number, int priority = Qt::NormalEventPriority)
{
    QCoreApplication::postEvent(&receiver, new NumberEvent(number), priority);
}

/// Runs a function once the loop is about to block.
class OnceWaiting
{
public:
    explicit OnceWaiting(std::function<void()> function)
        : m_thread([this, function = std::move(function)] {
            m_waits.acquire();
            function();
        })
    {
        m_connection = QObject::connect(&dispatcher(), &QAbstractEventDispatcher::aboutToBlock, [this] {
            if (!std::exchange(m_hasWaited, true))
                m_waits.release();
        });
    }
    OnceWaiting(const OnceWaiting &) = delete;
    OnceWaiting &operator=(const OnceWaiting &) = delete;
    ~OnceWaiting()
    {
        QObject::disconnect(m_connection);
        if (!m_hasWaited)
            m_waits.release();
        m_thread.join();
    }

private:
    QSemaphore m_waits;
    bool m_hasWaited = false;
    QMetaObject::Connection m_connection;
    std::thread m_thread;
};

} // namespace

class DispatcherTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { settle(); }

    void itIsTheOneAskedFor()
    {
        const auto kind = dispatch::loopKindNamed(qEnvironmentVariable("COROSCOPE_LOOP"));
        if (kind)
            QCOMPARE(dispatch::kindOf(dispatcher()), *kind);
    }
    void nothingToDoIsSaid()
    {
        QVERIFY(!dispatcher().processEvents(QEventLoop::AllEvents));
        Receiver receiver;
        post(receiver, 1);
        QVERIFY(dispatcher().processEvents(QEventLoop::AllEvents));
        QCOMPARE(receiver.numbers, (std::vector<int> {1}));
    }
    void postedEventsComeByPriorityThenInOrder()
    {
        Receiver receiver;
        post(receiver, 3);
        post(receiver, 5, Qt::LowEventPriority);
        post(receiver, 4);
        post(receiver, 1, Qt::HighEventPriority);
        post(receiver, 2, Qt::HighEventPriority);
        settle();
        QCOMPARE(receiver.numbers, (std::vector<int> {1, 2, 3, 4, 5}));
    }
    void whatAnEventPostsComesAfterOtherWork()
    {
        // Else a chain of posted events would starve sockets and timers.
        Receiver receiver;
        const Pair pair;
        QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
        std::size_t before = 0;
        connect(&notifier, &QSocketNotifier::activated, [&] {
            pair.take();
            before = receiver.numbers.size();
        });
        receiver.onNumber = [&](int number) {
            if (before == 0 && number < 1000)
                post(receiver, number + 1);
        };
        pair.send();
        post(receiver, 1);
        QVERIFY(runUntil([&] { return before > 0; }));
        QVERIFY(before < 10);
        settle();
    }
    void postedEventsAreNotWaitedFor()
    {
        Receiver receiver;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 50; ++i) {
            post(receiver, i);
            while (receiver.numbers.size() <= std::size_t(i))
                dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        }
        QVERIFY(clock.elapsed() < 2000);
    }
    void aWakeUpEndsAWait()
    {
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        auto *loop = &dispatcher();
        const OnceWaiting waker([loop] { loop->wakeUp(); });
        loop->processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(clock.elapsed() < 4000);
    }
    void aWakeUpBeforehandEndsTheNextWait()
    {
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        std::thread([loop = &dispatcher()] { loop->wakeUp(); }).join();
        dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(clock.elapsed() < 4000);
    }
    void anInterruptEndsAWait()
    {
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        auto *loop = &dispatcher();
        const OnceWaiting waker([loop] { loop->interrupt(); });
        loop->processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(clock.elapsed() < 4000);
    }
    void anInterruptOfAPostedEventEndsTheIteration()
    {
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        Receiver receiver;
        receiver.onNumber = [](int) { dispatcher().interrupt(); };
        post(receiver, 1);
        dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(clock.elapsed() < 4000);
        QCOMPARE(receiver.numbers.size(), std::size_t(1));
        settle();
    }
    void eventsOfOtherThreadsAllArrive()
    {
        Receiver receiver;
        constexpr int threads = 4;
        constexpr int each = 5000;
        std::vector<std::thread> posters;
        for (int i = 0; i < threads; ++i) {
            posters.emplace_back([&receiver] {
                for (int k = 0; k < each; ++k) {
                    post(receiver, k);
                    if (k % 64 == 0)
                        std::this_thread::yield();
                }
            });
        }
        QTimer guard; // not more often: a lost wake-up would be seen
        guard.start(30'000);
        QElapsedTimer clock;
        clock.start();
        while (receiver.numbers.size() < threads * each && clock.elapsed() < 25'000)
            dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        for (std::thread &poster : posters)
            poster.join();
        QCOMPARE(receiver.numbers.size(), std::size_t(threads * each));
    }
    void noWakeUpOfAPingPongIsLost()
    {
        QThread other;
        const dispatch::LoopKind kind = dispatch::kindOf(dispatcher());
        if (auto loop = dispatch::makeDispatcher(kind))
            other.setEventDispatcher(loop.release());
        other.start();
        auto *far = new Receiver;
        far->moveToThread(&other);
        Receiver near;
        constexpr int rounds = 5000;
        QEventLoop events;
        far->onNumber = [&](int number) { post(near, number + 1); };
        near.onNumber = [&](int number) {
            if (number < rounds)
                post(*far, number + 1);
            else
                events.quit();
        };
        QTimer::singleShot(20'000, &events, [&] { events.exit(1); });
        post(*far, 0);
        QCOMPARE(events.exec(), 0);
        connect(&other, &QThread::finished, far, &QObject::deleteLater);
        other.quit();
        QVERIFY(other.wait(10'000));
    }
    void aNestedLoopServesEverything()
    {
        const Pair pair;
        QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
        int read = 0;
        connect(&notifier, &QSocketNotifier::activated, [&] { read += int(pair.take().size()); });
        Receiver receiver;
        int ticks = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, [&] { ++ticks; });
        bool isServed = false;
        int depth = 0;
        std::function<void()> nest = [&] {
            if (++depth < 4) { // each from a handler of another kind
                QTimer::singleShot(1, this, [&] { nest(); });
                QEventLoop events;
                connect(this, &QObject::objectNameChanged, &events, &QEventLoop::quit);
                events.exec();
                return;
            }
            pair.send();
            post(receiver, 1);
            timer.start(1);
            isServed = runUntil([&] { return read == 1 && ticks >= 2 && !receiver.numbers.empty(); });
            setObjectName(QStringLiteral("done")); // ends the others
        };
        nest();
        QVERIFY(isServed);
        setObjectName({});
    }
    void quittingANestedLoopLeavesTheOuterRunning()
    {
        QEventLoop outer;
        std::vector<int> order;
        QTimer::singleShot(1, this, [&] {
            QEventLoop inner;
            QTimer::singleShot(1, &inner, &QEventLoop::quit);
            inner.exec();
            order.push_back(1);
            QTimer::singleShot(5, &outer, [&] {
                order.push_back(2);
                outer.exit(7);
            });
        });
        QCOMPARE(outer.exec(), 7);
        QCOMPARE(order, (std::vector<int> {1, 2}));
    }
    void anOuterLoopEndsAfterTheInner()
    {
        QEventLoop outer;
        bool hasEnded = false;
        QTimer::singleShot(1, this, [&] {
            QEventLoop inner;
            outer.quit(); // while in here
            QTimer::singleShot(5, &inner, &QEventLoop::quit);
            inner.exec();
            hasEnded = true;
        });
        outer.exec();
        QVERIFY(hasEnded);
    }
    void whatIsDeletedLaterOutlivesNestedLoops()
    {
        auto *object = new QObject;
        bool isDead = false;
        connect(object, &QObject::destroyed, [&] { isDead = true; });
        QEventLoop outer;
        bool wasAliveInside = false;
        QTimer::singleShot(1, this, [&] {
            object->deleteLater();
            QEventLoop inner;
            QTimer::singleShot(5, &inner, &QEventLoop::quit);
            inner.exec();
            wasAliveInside = !isDead;
        });
        connect(object, &QObject::destroyed, &outer, &QEventLoop::quit);
        QTimer::singleShot(5000, &outer, &QEventLoop::quit);
        outer.exec();
        QVERIFY(wasAliveInside);
        QVERIFY(isDead);
    }
    void theLoopSaysWhenItWaits()
    {
        // Documented: aboutToBlock() before a call that could block, awake() after it. Qt's own two say
        // awake() late, after (glib) the work that ended the wait or (unix) the next time; ours at once.
        std::vector<char> said;
        const auto watch = [&](auto signal, char what) {
            return connect(&dispatcher(), signal, this, [&said, what] { said.push_back(what); });
        };
        const auto blocks = watch(&QAbstractEventDispatcher::aboutToBlock, 'b');
        const auto wakes = watch(&QAbstractEventDispatcher::awake, 'a');
        int fired = 0;
        bool saidAwakeFirst = true;
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        connect(&timer, &QTimer::timeout, [&] {
            ++fired;
            saidAwakeFirst = saidAwakeFirst && said.back() == 'a';
        });
        timer.start(10);
        while (fired < 3)
            dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        dispatcher().processEvents(QEventLoop::AllEvents);
        disconnect(blocks);
        disconnect(wakes);
        QVERIFY(std::ranges::count(said, 'b') >= 3);
        for (std::size_t i = 1; i < said.size(); ++i)
            QVERIFY2(said[i - 1] != 'b' || said[i] == 'a', "said twice that it blocks");
        QCOMPARE(said.back(), 'a');
        if (isUv())
            QVERIFY(saidAwakeFirst);
    }
    void whatIsPostedJustBeforeAWaitEndsIt()
    {
        if (dispatch::kindOf(dispatcher()) == dispatch::LoopKind::Unix)
            QSKIP("Qt's dispatcher on poll() waits though it has just sent a posted event");
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        Receiver receiver;
        const auto connection = connect(&dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] {
            if (receiver.numbers.empty())
                post(receiver, 1);
        });
        while (receiver.numbers.empty())
            dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        disconnect(connection);
        QVERIFY(clock.elapsed() < 4000);
    }
    void aTimerStartedJustBeforeAWaitIsMinded()
    {
        QTimer guard;
        guard.start(8000);
        QElapsedTimer clock;
        clock.start();
        QTimer timer;
        timer.setSingleShot(true);
        int fired = 0;
        connect(&timer, &QTimer::timeout, [&] { ++fired; });
        const auto connection = connect(&dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] {
            if (fired == 0 && !timer.isActive())
                timer.start(5);
        });
        while (fired == 0 && clock.elapsed() < 4000)
            dispatcher().processEvents(QEventLoop::WaitForMoreEvents);
        disconnect(connection);
        QCOMPARE(fired, 1);
    }
    void excludingUserInputExcludesNothingElse()
    {
        const Pair pair;
        QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, [&] {
            pair.take();
            ++told;
        });
        int fired = 0;
        QTimer::singleShot(1, this, [&] { ++fired; });
        Receiver receiver;
        post(receiver, 1);
        pair.send();
        QElapsedTimer clock;
        clock.start();
        while ((told == 0 || fired == 0) && clock.elapsed() < 5000)
            dispatcher().processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
        QCOMPARE(told, 1);
        QCOMPARE(fired, 1);
        QCOMPARE(receiver.numbers.size(), std::size_t(1));
    }
    void threadsStartAndEnd()
    {
        const dispatch::LoopKind kind = dispatch::kindOf(dispatcher());
        for (int i = 0; i < 30; ++i) {
            QThread thread;
            if (auto loop = dispatch::makeDispatcher(kind))
                thread.setEventDispatcher(loop.release());
            const Pair pair;
            auto *notifier = new QSocketNotifier(pair.near(), QSocketNotifier::Read);
            auto *object = new QObject;
            object->startTimer(1);
            notifier->moveToThread(&thread);
            object->moveToThread(&thread);
            thread.start();
            QMetaObject::invokeMethod(object, [] { }, Qt::BlockingQueuedConnection);
            thread.quit(); // with a notifier and a timer left
            QVERIFY(thread.wait(10'000));
            delete notifier;
            delete object;
        }
    }
    void aThreadMayQuitAtOnce()
    {
        const dispatch::LoopKind kind = dispatch::kindOf(dispatcher());
        for (int i = 0; i < 200; ++i) {
            QThread thread;
            if (auto loop = dispatch::makeDispatcher(kind))
                thread.setEventDispatcher(loop.release());
            connect(&thread, &QThread::started, &thread, [&thread] { thread.quit(); }, Qt::DirectConnection);
            thread.start();
            QVERIFY(thread.wait(10'000));
        }
    }
    void connectionsCarryMuchData()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QByteArray block(1 << 16, 'x');
        constexpr int connections = 10;
        constexpr qint64 total = 2 << 20;
        connect(&server, &QTcpServer::newConnection, [&] {
            while (QTcpSocket *socket = server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket,
                        [socket] { socket->write(socket->readAll()); });
            }
        });
        std::vector<std::unique_ptr<QTcpSocket>> clients;
        std::vector<qint64> got(connections);
        for (int i = 0; i < connections; ++i) {
            clients.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket *const client = clients.back().get();
            connect(client, &QTcpSocket::connected, [&, client] {
                for (qint64 sent = 0; sent < total; sent += block.size())
                    client->write(block);
            });
            connect(client, &QTcpSocket::readyRead, [&, client, i] { got[i] += client->readAll().size(); });
            client->connectToHost(QHostAddress::LocalHost, server.serverPort());
        }
        QVERIFY(runUntil([&] { return std::ranges::all_of(got, [](qint64 n) { return n == total; }); }));
    }
    void processesAreHeardAndEnd()
    {
        QProcess process;
        process.start(QStringLiteral("/bin/cat"), QStringList());
        QByteArray output;
        connect(&process, &QProcess::readyReadStandardOutput,
                [&] { output += process.readAllStandardOutput(); });
        process.write("hello");
        QVERIFY(runUntil([&] { return output == "hello"; }));
        process.closeWriteChannel();
        QVERIFY(runUntil([&] { return process.state() == QProcess::NotRunning; }));
        QCOMPARE(process.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "tst_dispatcher.moc"
