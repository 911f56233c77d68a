// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Socket notifiers as Qt documents them, on each event loop (COROSCOPE_LOOP).
#include "tests/dispatch/pair.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSocketNotifier>
#include <QTemporaryFile>

#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <sys/resource.h>

using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

/// Counts how often it is told.
class Watcher : public QSocketNotifier
{
public:
    Watcher(int descriptor, Type type)
        : QSocketNotifier(descriptor, type)
    {
        connect(this, &QSocketNotifier::activated, this, [this] {
            ++told;
            onTold();
        });
    }
    int told = 0;
    std::function<void()> onTold = [] { };
};

/// A connection over TCP on this machine: it knows urgent data.
struct TcpPair
{
    TcpPair()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        near = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::bind(listener, reinterpret_cast<sockaddr *>(&address), length) != 0
            || ::listen(listener, 1) != 0
            || ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length) != 0
            || ::connect(near, reinterpret_cast<sockaddr *>(&address), length) != 0)
            qFatal("no connection");
        far = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        ::close(listener);
    }
    TcpPair(const TcpPair &) = delete;
    TcpPair &operator=(const TcpPair &) = delete;
    ~TcpPair()
    {
        ::close(near);
        ::close(far);
    }
    int near;
    int far;
};

double cpuMilliseconds()
{
    rusage usage {};
    getrusage(RUSAGE_THREAD, &usage);
    const auto ms = [](const timeval &time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

} // namespace

class SocketsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { settle(); }

    void eachTypeOfOneDescriptorIsTold()
    {
        const TcpPair tcp;
        Watcher reads(tcp.near, QSocketNotifier::Read);
        Watcher writes(tcp.near, QSocketNotifier::Write);
        Watcher urgent(tcp.near, QSocketNotifier::Exception);
        urgent.onTold = [&] { urgent.setEnabled(false); };
        QVERIFY(runUntil([&] { return writes.told >= 2; }));
        QCOMPARE(reads.told, 0);
        QCOMPARE(urgent.told, 0);
        writes.setEnabled(false);
        QCOMPARE(::send(tcp.far, "!", 1, MSG_OOB), 1);
        QVERIFY(runUntil([&] { return urgent.told == 1; }));
        QCOMPARE(reads.told, 0);
        QCOMPARE(::send(tcp.far, "x", 1, 0), 1);
        QVERIFY(runUntil([&] { return reads.told >= 1; }));
        const int before = writes.told;
        writes.setEnabled(true);
        QVERIFY(runUntil([&] { return writes.told > before; }));
        QCOMPARE(urgent.told, 1);
    }
    void aReadyDescriptorIsToldOfUntilItIsRead()
    {
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        pair.send();
        for (int i = 1; i <= 3; ++i) {
            dispatcher().processEvents(QEventLoop::AllEvents);
            QCOMPARE(reads.told, i);
        }
        QCOMPARE(pair.take(), QByteArray("x"));
        settle();
        QCOMPARE(reads.told, 3);
    }
    void aDisabledNotifierIsNotTold()
    {
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        Watcher writes(pair.near(), QSocketNotifier::Write);
        reads.onTold = [&] { reads.setEnabled(false); };
        writes.onTold = [&] { writes.setEnabled(false); };
        pair.send();
        settle();
        QCOMPARE(reads.told, 1);
        QCOMPARE(writes.told, 1);
        reads.setEnabled(true);
        settle();
        QCOMPARE(reads.told, 2);
    }
    void aNotifierMayBeSwitchedInItsOwnHandler()
    {
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        reads.onTold = [&] {
            reads.setEnabled(false);
            reads.setEnabled(true);
        };
        pair.send();
        for (int i = 1; i <= 5; ++i) {
            dispatcher().processEvents(QEventLoop::AllEvents);
            QCOMPARE(reads.told, i);
        }
    }
    void aNotifierMayDieInItsOwnHandler()
    {
        const Pair pair;
        auto *reads = new Watcher(pair.near(), QSocketNotifier::Read);
        Watcher writes(pair.near(), QSocketNotifier::Write);
        int told = 0;
        reads->onTold = [&] {
            ++told;
            reads->setEnabled(false);
            reads->deleteLater();
        };
        pair.send();
        QEventLoop events;
        connect(reads, &QObject::destroyed, &events, &QEventLoop::quit);
        events.exec();
        QCOMPARE(told, 1);
        QVERIFY(runUntil([&] { return writes.told >= 2; }));
        QCOMPARE(told, 1);
    }
    void aNotifierThatAnotherDeletesIsNotTold()
    {
        const Pair one;
        const Pair two;
        auto first = std::make_unique<Watcher>(one.near(), QSocketNotifier::Read);
        auto second = std::make_unique<Watcher>(two.near(), QSocketNotifier::Read);
        int told = 0;
        first->onTold = [&] {
            ++told;
            first->setEnabled(false);
            second.reset();
        };
        second->onTold = [&] {
            ++told;
            second->setEnabled(false);
            first.reset();
        };
        one.send();
        two.send();
        settle();
        QCOMPARE(told, 1);
    }
    void aNumberThatIsAnotherFileByNowIsNotTold()
    {
        const Pair one;
        auto two = std::make_unique<Pair>();
        std::unique_ptr<Pair> three;
        std::unique_ptr<Watcher> late;
        Watcher first(one.near(), QSocketNotifier::Read);
        auto second = std::make_unique<Watcher>(two->near(), QSocketNotifier::Read);
        first.onTold = [&] { // before the second, which is ready, too
            if (late)
                return;
            const int number = two->near();
            second.reset();
            two.reset();
            three = std::make_unique<Pair>();
            QVERIFY(three->near() == number || three->far() == number);
            late = std::make_unique<Watcher>(three->near(), QSocketNotifier::Read);
        };
        two->send();
        one.send();
        QVERIFY(runUntil([&] { return first.told > 0 || second->told > 0; }));
        if (!late)
            QSKIP("this loop told the second first");
        settle();
        QCOMPARE(late->told, 0);
        three->send();
        QVERIFY(runUntil([&] { return late->told > 0; }));
    }
    void excludedSocketsAreToldLater()
    {
        if (isGlib())
            QSKIP("Qt's dispatcher on GLib tells excluded notifiers, too");
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        reads.onTold = [&] { pair.take(); };
        pair.send();
        int fired = 0;
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        connect(&timer, &QTimer::timeout, [&] { ++fired; });
        timer.start(60);
        const double cpu = cpuMilliseconds();
        while (fired == 0)
            dispatcher().processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
        QVERIFY(cpuMilliseconds() - cpu < 30); // it waited
        QCOMPARE(reads.told, 0);
        dispatcher().processEvents(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(reads.told, 0);
        QVERIFY(runUntil([&] { return reads.told > 0; }));
        pair.send(); // and it is watched as before
        QVERIFY(runUntil([&] { return reads.told > 1; }));
    }
    void anExcludingNestedLoopLeavesThemToTheOuter()
    {
        if (isGlib())
            QSKIP("Qt's dispatcher on GLib tells excluded notifiers, too");
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        reads.onTold = [&] { pair.take(); };
        int during = -1;
        QTimer::singleShot(1, this, [&] {
            pair.send();
            QEventLoop nested;
            QTimer::singleShot(20, &nested, &QEventLoop::quit);
            nested.exec(QEventLoop::ExcludeSocketNotifiers);
            during = reads.told;
        });
        QVERIFY(runUntil([&] { return reads.told > 0; }));
        QCOMPARE(during, 0);
    }
    void whatANestedLoopTellsIsNotToldAgain()
    {
        const Pair one;
        const Pair two;
        Watcher first(one.near(), QSocketNotifier::Read);
        Watcher second(two.near(), QSocketNotifier::Read);
        bool isNested = false;
        const auto tell = [&](const Pair &pair, const Watcher &other) {
            return [&] {
                QCOMPARE(pair.take(), QByteArray("x"));
                if (std::exchange(isNested, true))
                    return;
                QVERIFY(runUntil([&] { return other.told > 0; }));
            };
        };
        first.onTold = tell(one, second);
        second.onTold = tell(two, first);
        one.send();
        two.send();
        QVERIFY(runUntil([&] { return first.told + second.told >= 2; }));
        settle();
        QCOMPARE(first.told, 1);
        QCOMPARE(second.told, 1);
    }
    void aNestedLoopHearsOfItsOwnDescriptor()
    {
        const Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        Watcher writes(pair.near(), QSocketNotifier::Write);
        bool isNested = false;
        reads.onTold = [&] {
            pair.take();
            if (std::exchange(isNested, true))
                return;
            pair.send(); // more, while in here
            const int before = writes.told;
            QVERIFY(runUntil([&] { return reads.told >= 2 && writes.told > before; }));
        };
        pair.send();
        QVERIFY(runUntil([&] { return reads.told >= 2; }));
    }
    void filesAreAlwaysReady()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        QFile nothing(QStringLiteral("/dev/null"));
        QVERIFY(nothing.open(QIODevice::ReadWrite));
        for (const int descriptor : {file.handle(), nothing.handle()}) {
            Watcher reads(descriptor, QSocketNotifier::Read);
            Watcher writes(descriptor, QSocketNotifier::Write);
            QVERIFY(runUntil([&] { return reads.told >= 3 && writes.told >= 3; }));
            reads.setEnabled(false);
            const int before = reads.told;
            QVERIFY(runUntil([&] { return writes.told >= 6; }));
            QCOMPARE(reads.told, before);
        }
        QVERIFY(!dispatcher().processEvents(QEventLoop::AllEvents));
    }
    void aClosedDescriptorIsDisabled_data()
    {
        QTest::addColumn<bool>("isWatched");
        QTest::newRow("closed before the loop looked") << false;
        QTest::newRow("closed while it is watched") << true;
    }
    void aClosedDescriptorIsDisabled()
    {
        QFETCH(bool, isWatched);
        Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        if (isWatched) {
            pair.send();
            QVERIFY(runUntil([&] { return reads.told > 0; }));
        }
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(
                                               QStringLiteral("QSocketNotifier: Invalid socket %1 (and|with) "
                                                              "type '?Read'?, disabling...")
                                                   .arg(pair.near())));
        pair.closeNear();
        QVERIFY(runUntil([&] { return !reads.isEnabled(); }));
        QElapsedTimer clock;
        clock.start();
        const double cpu = cpuMilliseconds();
        QVERIFY(runUntil([&] { return clock.elapsed() > 50; }));
        QVERIFY(cpuMilliseconds() - cpu < 200);
    }
    void aDescriptorKeepsItsBlockingMode()
    {
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        {
            Watcher reads(ends[0], QSocketNotifier::Read);
            QCOMPARE(::write(ends[1], "x", 1), 1);
            QVERIFY(runUntil([&] { return reads.told > 0; }));
            QCOMPARE(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
        }
        QCOMPARE(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
        ::close(ends[0]);
        ::close(ends[1]);
    }
    void theEndOfAConnectionIsTold()
    {
        Pair pair;
        Watcher reads(pair.near(), QSocketNotifier::Read);
        settle();
        pair.closeFar();
        QVERIFY(runUntil([&] { return reads.told >= 3; }));
        char byte = 0;
        QCOMPARE(::read(pair.near(), &byte, 1), 0);
    }
    void aBrokenPipeIsTold()
    {
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
        const QByteArray much(1 << 20, 'x');
        QVERIFY(::write(ends[1], much.constData(), size_t(much.size())) > 0); // full
        Watcher writes(ends[1], QSocketNotifier::Write);
        settle();
        QCOMPARE(writes.told, 0);
        ::close(ends[0]);
        QVERIFY(runUntil([&] { return writes.told >= 3; }));
        writes.setEnabled(false);
        const int before = writes.told;
        settle();
        QCOMPARE(writes.told, before);
        ::close(ends[1]);
    }
    void aRefusedConnectionIsTold()
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int taken = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); // bound, and doesn't listen
        socklen_t length = sizeof address;
        QCOMPARE(::bind(taken, reinterpret_cast<sockaddr *>(&address), length), 0);
        QCOMPARE(::getsockname(taken, reinterpret_cast<sockaddr *>(&address), &length), 0);
        (void)::connect(socket, reinterpret_cast<sockaddr *>(&address), length);
        Watcher writes(socket, QSocketNotifier::Write);
        int error = 0;
        writes.onTold = [&] {
            socklen_t size = sizeof error;
            ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
            writes.setEnabled(false);
        };
        QVERIFY(runUntil([&] { return writes.told > 0; }));
        QCOMPARE(error, ECONNREFUSED);
        ::close(socket);
        ::close(taken);
    }
    void ofManyDescriptorsEachIsTold()
    {
        constexpr int count = 300;
        std::vector<std::unique_ptr<Pair>> pairs;
        std::vector<std::unique_ptr<Watcher>> watchers;
        int told = 0;
        for (int i = 0; i < count; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            watchers.push_back(std::make_unique<Watcher>(pairs.back()->near(), QSocketNotifier::Read));
            watchers.back()->onTold = [&told, pair = pairs.back().get()] {
                pair->take();
                ++told;
            };
        }
        for (const auto &pair : pairs)
            pair->send();
        QVERIFY(runUntil([&] { return told >= count; }));
        for (const auto &watcher : watchers)
            QCOMPARE(watcher->told, 1);
    }
    void notifiersMoveWithTheirThread()
    {
        QThread thread;
        thread.start();
        const Pair pair;
        std::atomic<QThread *> where = nullptr;
        auto *reads = new Watcher(pair.near(), QSocketNotifier::Read);
        reads->onTold = [&] {
            pair.take();
            where = QThread::currentThread();
        };
        reads->moveToThread(&thread);
        settle();
        pair.send();
        QTRY_COMPARE(where.load(), &thread);
        connect(&thread, &QThread::finished, reads, &QObject::deleteLater);
        thread.quit();
        thread.wait();
    }
};

QTEST_GUILESS_MAIN(SocketsTest)
#include "tst_sockets.moc"
