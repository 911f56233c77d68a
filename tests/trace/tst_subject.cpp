// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/subject.h"

#include "core/trace/names.h"
#include "core/trace/strings.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/tracedlibrary.h"
#include "tests/support/traceprobe.h"

#include <QBuffer>
#include <QCoroFuture>
#include <QCoroIODevice>
#include <QCoroSignal>
#include <QCoroTimer>
#include <QFuture>
#include <QPromise>
#include <QTest>
#include <QTimer>
#include <QUrl>

using namespace coroscope::trace;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

/// Nothing to read until feed().
class Pipe : public QIODevice
{
    Q_OBJECT
public:
    Pipe() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size(); }
    void feed(const QByteArray &bytes)
    {
        m_bytes += bytes;
        emit readyRead();
    }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 count = std::min<qint64>(size, m_bytes.size());
        std::copy_n(m_bytes.constData(), count, data);
        m_bytes.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
};

// What a QNetworkReply, a QTcpSocket, a QLocalSocket and a QProcess are known by.
struct Reply : Pipe
{
    QUrl url() const { return QUrl(QStringLiteral("https://me:secret@example.org/a b?token=secret#part")); }
};
struct Address
{
    QString toString() const { return QStringLiteral("127.0.0.1"); }
};
struct HostSocket : Pipe
{
    QString peerName() const { return name; }
    Address peerAddress() const { return {}; }
    quint16 peerPort() const { return 6379; }
    QString name;
};
struct LocalSocket : Pipe
{
    QString serverName() const { return QStringLiteral("backend"); }
    QString fullServerName() const { return QStringLiteral("/tmp/backend"); }
};
struct Process : Pipe
{
    QString program() const { return QStringLiteral("make"); }
};

/// A timer that brings its own awaiter is no QTimer to QCoro.
class Ticker : public QTimer
{
public:
    std::coroutine_handle<> waiting;
    Manual operator co_await() { return {&waiting}; }
};

template<class Object>
Task<void> awaits(Object *object)
{
    co_await *object;
}
template<class Object>
Task<void> awaitsPointer(Object *object)
{
    co_await object;
}
Task<int> awaitsFuture(QFuture<int> future)
{
    const int value = co_await future;
    co_return value;
}
/// Not QTimer::timeout, whose private argument is a null reference to sanitizers.
Task<bool> hears(Pipe *pipe, std::chrono::milliseconds limit)
{
    const auto heard = co_await qCoro(pipe, &Pipe::readyRead, limit);
    co_return heard.has_value();
}
Task<int> awaitsUntraced(Doorstep *doorstep)
{
    const int value = co_await untracedVisit(doorstep);
    co_return value;
}

struct Told
{
    WaitKind kind = WaitKind::None;
    QString label;
    std::uint64_t detail = 0;
    Cause cause = Cause::None;
};

/// Of the coroutine that waited for something else than a task, or for an untraced one.
Told told(const TraceProbe &probe)
{
    Told told;
    std::uint32_t task = 0;
    for (const Event &event : probe.eventsOf(EventType::Suspended)) {
        if (WaitKind(event.kind) == WaitKind::Task && event.a)
            continue;
        task = event.task;
        told.kind = WaitKind(event.kind);
        told.detail = event.a;
        if (told.kind != WaitKind::Sleep && told.kind != WaitKind::Task && told.kind != WaitKind::Foreign)
            told.label = stringOf({std::uint32_t(event.a)});
    }
    for (const Event &event : probe.eventsOf(EventType::Resumed)) {
        if (event.task == task)
            told.cause = event.cause;
    }
    return told;
}

template<class Device>
Told toldOfReading(Device *device)
{
    TraceProbe probe;
    const Task<void> task = awaits(device);
    device->feed("bytes");
    const bool ends = QTest::qWaitFor([&task] { return task.isReady(); });
    probe.stop();
    return ends && probe.breaches().isEmpty() ? told(probe) : Told {};
}

} // namespace

class SubjectTest : public QObject
{
    Q_OBJECT
private slots:
    void aTimerTellsItsInterval();
    void aPointerTellsTheSame();
    void aReplyTellsItsUrlWithoutSecrets();
    void aHostSocketTellsItsPeer();
    void aLocalSocketTellsItsServer();
    void aProcessTellsItsProgram();
    void aDeviceTellsItsObjectName();
    void aSignalTellsSenderAndSignal();
    void aSignalThatDoesNotComeEndsInATimeout();
    void aFutureTellsItsType();
    void anUntracedCoroutineIsToldFromATracedOne();
    void anObjectWithAnAwaiterOfItsOwnIsForeign();
    void aLongUrlIsCut();
    void nothingIsReadWhileNobodyRecords();
};

void SubjectTest::aTimerTellsItsInterval()
{
    TraceProbe probe;
    QCoro::waitFor(QCoro::sleepFor(7ms));
    probe.stop();
    const Told t = told(probe);
    QCOMPARE(t.kind, WaitKind::Sleep);
    QCOMPARE(t.detail, 7'000'000u);
    QCOMPARE(t.cause, Cause::Timer);
    QCOMPARE(probe.breaches(), QStringList());
}

void SubjectTest::aPointerTellsTheSame()
{
    TraceProbe probe;
    QTimer timer;
    timer.start(3);
    QCoro::waitFor(awaitsPointer(&timer));
    probe.stop();
    QCOMPARE(told(probe).kind, WaitKind::Sleep);
    QCOMPARE(told(probe).detail, 3'000'000u);
}

void SubjectTest::aReplyTellsItsUrlWithoutSecrets()
{
    Reply reply;
    const Told t = toldOfReading(&reply);
    QCOMPARE(t.kind, WaitKind::Reply);
    QCOMPARE(t.label, QStringLiteral("https://example.org/a b?…"));
    QCOMPARE(t.cause, Cause::Reply);
}

void SubjectTest::aHostSocketTellsItsPeer()
{
    HostSocket socket;
    QCOMPARE(toldOfReading(&socket).label, QStringLiteral("read 127.0.0.1:6379"));
    socket.name = QStringLiteral("redis.example.org");
    const Told t = toldOfReading(&socket);
    QCOMPARE(t.kind, WaitKind::Socket);
    QCOMPARE(t.label, QStringLiteral("read redis.example.org:6379"));
    QCOMPARE(t.cause, Cause::Socket);
}

void SubjectTest::aLocalSocketTellsItsServer()
{
    LocalSocket socket;
    const Told t = toldOfReading(&socket);
    QCOMPARE(t.kind, WaitKind::Socket);
    QCOMPARE(t.label, QStringLiteral("read backend"));
}

void SubjectTest::aProcessTellsItsProgram()
{
    Process process;
    const Told t = toldOfReading(&process);
    QCOMPARE(t.kind, WaitKind::Signal);
    QVERIFY2(t.label.endsWith(QStringLiteral("Pipe “make” readyRead")), qPrintable(t.label));
    QCOMPARE(t.cause, Cause::Signal);
}

void SubjectTest::aDeviceTellsItsObjectName()
{
    Pipe pipe;
    pipe.setObjectName(QStringLiteral("journal"));
    const Told t = toldOfReading(&pipe);
    QVERIFY2(t.label.endsWith(QStringLiteral("Pipe “journal” readyRead")), qPrintable(t.label));
}

void SubjectTest::aSignalTellsSenderAndSignal()
{
    TraceProbe probe;
    Pipe pipe;
    QTimer::singleShot(1ms, &pipe, [&pipe] { pipe.feed("bytes"); });
    QVERIFY(QCoro::waitFor(hears(&pipe, -1ms)));
    probe.stop();
    const Told t = told(probe);
    QCOMPARE(t.kind, WaitKind::Signal);
    QVERIFY2(t.label.endsWith(QStringLiteral("Pipe readyRead")), qPrintable(t.label));
    QCOMPARE(t.cause, Cause::Signal);
    QCOMPARE(probe.breaches(), QStringList());
}

void SubjectTest::aSignalThatDoesNotComeEndsInATimeout()
{
    TraceProbe probe;
    Pipe pipe;
    pipe.setObjectName(QStringLiteral("journal"));
    QVERIFY(!QCoro::waitFor(hears(&pipe, 2ms)));
    probe.stop();
    const Told t = told(probe);
    QVERIFY2(t.label.endsWith(QStringLiteral("Pipe “journal” readyRead")), qPrintable(t.label));
    QCOMPARE(t.cause, Cause::Timeout);
}

void SubjectTest::aFutureTellsItsType()
{
    TraceProbe probe;
    QPromise<int> promise;
    promise.start();
    const Task<int> task = awaitsFuture(promise.future());
    promise.addResult(5);
    promise.finish();
    QTRY_VERIFY(task.isReady());
    probe.stop();
    const Told t = told(probe);
    QCOMPARE(t.kind, WaitKind::Job);
    QCOMPARE(t.label, QStringLiteral("QFuture<int>"));
    QCOMPARE(t.cause, Cause::Job);
}

void SubjectTest::anUntracedCoroutineIsToldFromATracedOne()
{
    TraceProbe probe;
    Doorstep doorstep;
    const Task<int> task = awaitsUntraced(&doorstep);
    doorstep.waiting.resume();
    QVERIFY(task.isReady());
    probe.stop();
    const Told t = told(probe);
    QCOMPARE(t.kind, WaitKind::Task);
    QCOMPARE(t.detail, 0u);
    QCOMPARE(t.cause, Cause::Task);
}

void SubjectTest::anObjectWithAnAwaiterOfItsOwnIsForeign()
{
    TraceProbe probe;
    Ticker ticker;
    const Task<void> task = awaits(&ticker);
    ticker.waiting.resume();
    probe.stop();
    const Told t = told(probe);
    QCOMPARE(t.kind, WaitKind::Foreign);
    QCOMPARE(cleanTypeName(reinterpret_cast<const char *>(t.detail)),
             QStringLiteral("coroscope::test::Manual"));
    QCOMPARE(t.cause, Cause::Foreign);
}

void SubjectTest::aLongUrlIsCut()
{
    TraceProbe probe;
    const QString label = stringOf(urlLabel(QUrl(QStringLiteral("data:text/plain,") + QString(5000, u'x'))));
    QCOMPARE(label.size(), 300);
    QVERIFY(label.startsWith(u"data:text/plain,xxx"));
    QVERIFY(label.endsWith(u'…'));
}

void SubjectTest::nothingIsReadWhileNobodyRecords()
{
    struct Asked : Pipe
    {
        QUrl url() const
        {
            ++asked;
            return {};
        }
        mutable int asked = 0;
    } reply;
    const Task<void> task = awaits(&reply);
    reply.feed("bytes");
    QTRY_VERIFY(task.isReady());
    QCOMPARE(reply.asked, 0);
    QCOMPARE(urlLabel(QUrl(QStringLiteral("https://example.org/"))).value, 0u);
}

QTEST_GUILESS_MAIN(SubjectTest)
#include "tst_subject.moc"
