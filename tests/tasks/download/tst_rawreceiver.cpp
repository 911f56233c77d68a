// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/rawreceiver.h"

#include "tests/support/filesin.h"
#include "tests/support/httpanswers.h"
#include "tests/tasks/download/queueundertest.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 size = 5'000'003;
constexpr qint64 half = size / 2;

QByteArray content()
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xff);
    return bytes;
}

/// What a server does once it has sent half of the first answer.
enum class Then : std::uint8_t { Closes, Resets, FallsSilent, Drips, SendsTheRest, SendsTooMuch };

} // namespace

/// Bodies that are large enough for threads to take them off their connections.
class TestRawReceiver : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;
    const ServedFile m_file {.content = content()};
    QPointer<QTcpSocket> m_first; ///< the first connection, half way

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder->path()}; }
    QByteArray result() const { return contentOf(m_folder->filePath("big.bin")); }
    QByteArray there() const { return contentOf(m_folder->filePath("big.bin.part")); }
    QByteArray secondHalf() const { return m_file.content.mid(half); }

    ScriptedServer::Script stopsHalfway(Then then)
    {
        return [this, then](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray answer = answerTo(request, m_file);
            if (!m_first.isNull() || !headerOf(request, "Range").isNull()) {
                socket.write(answer);
                return;
            }
            m_first = &socket;
            socket.write(answer.chopped(size - half));
            goOn(socket, then);
        };
    }
    void goOn(QTcpSocket &socket, Then then) const
    {
        switch (then) {
        case Then::Closes:
            socket.disconnectFromHost();
            break;
        case Then::Resets:
            // Once the other side has what came before: a reset takes that away.
            QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket] {
                if (socket.bytesToWrite() == 0)
                    QTimer::singleShot(200ms, &socket, [&socket] { test::reset(socket); });
            });
            break;
        case Then::FallsSilent:
            break;
        case Then::Drips: {
            auto *const timer = new QTimer(&socket);
            QObject::connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            timer->start(20ms);
            break;
        }
        case Then::SendsTheRest:
            socket.write(secondHalf());
            break;
        case Then::SendsTooMuch:
            socket.write(secondHalf() + "and something of nobody's");
            break;
        }
    }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_first.clear();
    }
    void cleanupTestCase() { m_loop.reset(); }

    void allOfItIsInTheFile_data()
    {
        QTest::addColumn<Then>("then");
        QTest::newRow("in two goes") << Then::SendsTheRest;
        QTest::newRow("with bytes that belong to nobody") << Then::SendsTooMuch;
    }
    void allOfItIsInTheFile()
    {
        QFETCH(Then, then);
        ScriptedServer server(stopsHalfway(then));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/big.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.tries, 1);
        QCOMPARE(item.received, size);
        QVERIFY(result() == m_file.content);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(filesIn(m_folder->path()), QStringList {"big.bin"});
    }

    void whatBreaksIsSaidAndKept_data()
    {
        QTest::addColumn<Then>("then");
        QTest::addColumn<QString>("error");
        QTest::newRow("closed") << Then::Closes << "the file is cut short: 2,500,001 of 5,000,003 bytes";
        QTest::newRow("reset") << Then::Resets << "connection lost: Connection reset by peer";
        QTest::newRow("silent") << Then::FallsSilent << "nothing came for";
        QTest::newRow("slow") << Then::Drips << "slower than";
    }
    void whatBreaksIsSaidAndKept()
    {
        QFETCH(Then, then);
        QFETCH(QString, error);
        ScriptedServer server(stopsHalfway(then));
        QueueUnderTest queue;
        Request once = wanted(server.url("/big.bin"));
        once.options.retries = 0;
        if (then == Then::FallsSilent)
            once.options.inactivity = 300ms;
        if (then == Then::Drips)
            once.options.lowSpeed = LowSpeed {.bytesPerSecond = 4'000'000, .duration = 1s};
        const ItemId id = queue.add(once);
        const Item failed = queue.atRest(id);
        QVERIFY2(failed.state == ItemState::Failed, description(failed));
        QVERIFY2(failed.error.contains(error), description(failed));
        QVERIFY2(failed.received >= half, description(failed));
        QVERIFY(there().left(half) == m_file.content.left(half));
        QVERIFY(!m_first || m_first->state() != QAbstractSocket::ConnectedState
                || queue.waitFor([this] { return !m_first; }));
    }

    void nextTryGoesOnBehindTheLastByte_data()
    {
        QTest::addColumn<Then>("then");
        QTest::newRow("closed") << Then::Closes;
        QTest::newRow("reset") << Then::Resets;
        QTest::newRow("silent") << Then::FallsSilent;
    }
    void nextTryGoesOnBehindTheLastByte()
    {
        QFETCH(Then, then);
        ScriptedServer server(stopsHalfway(then));
        QueueUnderTest queue;
        Request request = wanted(server.url("/big.bin"));
        request.options.inactivity = 300ms;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.tries, 2);
        QVERIFY(result() == m_file.content);
        QCOMPARE(server.requests().size(), 2);
        const QByteArray &second = server.requests().at(1);
        QCOMPARE(headerOf(second, "Range"), "bytes=" + QByteArray::number(half) + '-');
        QCOMPARE(headerOf(second, "If-Range"), m_file.etag);
    }

    void pausedItGoesOnWhereItWas()
    {
        ScriptedServer server(stopsHalfway(Then::FallsSilent));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/big.bin")));
        QVERIFY(queue.waitFor([&] { return queue.item(id).received == half; }));
        queue.carryOut(Pause {{id}});
        QVERIFY(queue.reaches(id, ItemState::Paused));
        QVERIFY(queue.waitFor([this] { return !m_first; })); // closed
        QVERIFY(there().left(half) == m_file.content.left(half));
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QVERIFY(result() == m_file.content);
        QCOMPARE(headerOf(server.requests().constLast(), "Range"), "bytes=" + QByteArray::number(half) + '-');
    }

    void cancelledItLeavesNothing()
    {
        ScriptedServer server(stopsHalfway(Then::FallsSilent));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/big.bin")));
        QVERIFY(queue.waitFor([&] { return queue.item(id).received == half; }));
        queue.carryOut(Cancel {{id}});
        QVERIFY(queue.reaches(id, ItemState::Cancelled));
        QVERIFY(queue.waitFor([this] { return !m_first; }));
        QVERIFY(queue.waitFor([this] { return filesIn(m_folder->path()).isEmpty(); }));
    }

    void queueMayEndInTheMiddle()
    {
        ScriptedServer server(stopsHalfway(Then::Drips));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/big.bin")));
        QVERIFY(queue.waitFor([&] { return queue.item(id).received >= half; }));
        queue.end();
        QVERIFY(there().left(half) == m_file.content.left(half));
    }

    void limitThatComesMeanwhileIsKept()
    {
        ScriptedServer server(stopsHalfway(Then::FallsSilent));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/big.bin")));
        QVERIFY(queue.waitFor([&] { return queue.item(id).received == half; }));
        queue.carryOut(SetRate {{id}, size});
        QTest::qWait(200); // a turn that began without a limit ends within 50 ms
        QElapsedTimer clock;
        clock.start();
        m_first->write(secondHalf());
        QVERIFY(queue.reaches(id, ItemState::Done));
        QVERIFY2(clock.elapsed() > 300,
                 QByteArray::number(clock.elapsed())); // half a second's bytes, less a bucket
        QVERIFY(result() == m_file.content);
    }
};

QTEST_GUILESS_MAIN(TestRawReceiver)
#include "tst_rawreceiver.moc"
