// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httptransfer.h"

#include "core/trace/strings.h"
#include "tests/support/httpanswers.h"
#include "tests/support/looptest.h"
#include "tests/support/tlsfiles.h"

#include <QTest>

#include <cerrno>
#include <sys/socket.h>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 size = 3'000'000;
constexpr qint64 worth = 1'000'000;

QByteArray content()
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xff);
    return bytes;
}

struct Got
{
    QByteArray byCurl {};
    QByteArray byUs {};
    bool wasTakenOver = false;
    std::optional<Error> error {};
};

void hear(bool heard)
{
    if (!heard)
        throw Exception({.kind = Error::Kind::Timeout, .what = QStringLiteral("silence")});
}

/// Takes the body over if that can be, as late as it can be.
QCoro::Task<Got> fetch(HttpClient client, HttpGet get, std::optional<qint64> worthTakingOver)
{
    const StringId label = trace::intern(u"test");
    HttpTransfer transfer(client, std::move(get), worthTakingOver);
    while (!transfer.hasHead() || (transfer.available() == 0 && !transfer.isOver())) {
        const bool heard = co_await transfer.activity(label, 15s);
        hear(heard);
    }
    Got got;
    const std::shared_ptr<RawBody> raw = transfer.takeOver();
    got.wasTakenOver = raw != nullptr;
    got.byCurl = transfer.read();
    QByteArray block(64 * 1024, Qt::Uninitialized);
    while (!transfer.isOver()) {
        if (!raw) {
            const bool heard = co_await transfer.activity(label, 15s);
            hear(heard);
            got.byCurl += transfer.read();
            continue;
        }
        const ssize_t taken = ::recv(raw->socket(), block.data(), std::size_t(block.size()), 0);
        if (taken > 0) {
            got.byUs += block.first(taken);
            transfer.tookRaw(taken);
        } else if (taken == 0) {
            transfer.lostRaw(0);
        } else if (errno == EAGAIN) {
            transfer.awaitRaw();
            const bool heard = co_await transfer.activity(label, 15s);
            hear(heard);
        } else {
            transfer.lostRaw(errno);
        }
    }
    got.error = transfer.error();
    co_return got;
}

} // namespace

/// Bodies that somebody else than libcurl takes off the connection.
class TestTakeOver : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    const QByteArray m_content = content();
    TlsFiles m_tls;

    Got got(HttpGet get, std::optional<qint64> worthTakingOver = worth) const
    {
        const auto task = spawn("GET", fetch, HttpClient(), std::move(get), worthTakingOver);
        return ends(task) ? task.result() : Got {};
    }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void cleanupTestCase() { m_loop.reset(); }

    void restOfAPlainBodyIsOnTheConnection()
    {
        ScriptedServer server(serves({.content = m_content}));
        const Got body = got({.url = server.url(QStringLiteral("/a"))});
        QVERIFY(body.wasTakenOver);
        QVERIFY(!body.error);
        QVERIFY(body.byUs.size() >= worth);
        QVERIFY(body.byCurl + body.byUs == m_content);
        QTRY_COMPARE(server.openConnections(), 0); // it can't serve again
    }

    void restOfARangeIsOnTheConnection()
    {
        ScriptedServer server(serves({.content = m_content}));
        const Got body = got({.url = server.url(QStringLiteral("/a")), .rangeFirst = 1'000'001});
        QVERIFY(body.wasTakenOver);
        QVERIFY(body.byCurl + body.byUs == m_content.mid(1'000'001));
    }

    void secondTransferOfAConnectionIsTakenOverToo()
    {
        ScriptedServer server(serves({.content = m_content}));
        const HttpClient client;
        const auto first = spawn("GET", fetch, client, HttpGet {.url = server.url(QStringLiteral("/a"))},
                                 std::optional<qint64>());
        QVERIFY(ends(first));
        const auto second = spawn("GET", fetch, client, HttpGet {.url = server.url(QStringLiteral("/b"))},
                                  std::optional(worth));
        QVERIFY(ends(second));
        QCOMPARE(server.connections(), 1);
        QVERIFY(second.result().wasTakenOver);
        QVERIFY(second.result().byCurl + second.result().byUs == m_content);
    }

    void bodyThatIsCutShortIsAnError()
    {
        ScriptedServer server([this](QTcpSocket &socket, const QByteArray &) {
            socket.write(whole(m_content).chopped(1'000'000));
            socket.disconnectFromHost();
        });
        const Got body = got({.url = server.url(QStringLiteral("/a"))});
        QVERIFY(body.wasTakenOver);
        QVERIFY(body.error);
        QCOMPARE(body.error->kind, Error::Kind::Truncated);
        QVERIFY2(body.error->what.contains("2,000,000 of 3,000,000"), qPrintable(body.error->what));
        QCOMPARE(body.error->httpStatus, 200);
    }

    void whatIsNotPlainIsReadByLibcurl_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isEncrypted");
        QTest::addColumn<qint64>("worthIt");
        const QByteArray hex = QByteArray::number(size, 16);
        QTest::newRow("chunks") << answer("200 OK\r\nTransfer-Encoding: chunked",
                                          hex + "\r\n" + m_content + "\r\n0\r\n\r\n")
                                << false << worth;
        QTest::newRow("no length") << answer("200 OK\r\nConnection: close", m_content) << false << worth;
        QTest::newRow("TLS") << whole(m_content) << true << worth;
        QTest::newRow("too little to be worth it") << whole(m_content) << false << size;
        QTest::newRow("nobody wants to") << whole(m_content) << false << qint64(-1);
        QTest::newRow("an error's page")
            << answer("404 Not Found\r\nContent-Length: " + QByteArray::number(size), m_content) << false
            << worth;
    }
    void whatIsNotPlainIsReadByLibcurl()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isEncrypted);
        QFETCH(qint64, worthIt);
        ScriptedServer server(inTurn({bytes}), ScriptedServer::Call::OnHttpHead,
                              isEncrypted ? &m_tls : nullptr);
        HttpGet get {.url = server.url(QStringLiteral("/a"))};
        get.access.tls.insecure = isEncrypted;
        const Got body = got(get, worthIt < 0 ? std::nullopt : std::optional(worthIt));
        QVERIFY(!body.wasTakenOver);
        QVERIFY(body.byCurl == m_content);
    }

    void bodyThatNobodyTakesOverIsReadByLibcurl()
    {
        ScriptedServer server(serves({.content = m_content}));
        HttpTransfer transfer({}, {.url = server.url(QStringLiteral("/a"))}, worth);
        QByteArray body;
        QVERIFY(QTest::qWaitFor([&] {
            body += transfer.read();
            return transfer.isOver();
        }));
        QVERIFY(!transfer.takeOver());
        QVERIFY(body == m_content);
    }
};

QTEST_GUILESS_MAIN(TestTakeOver)
#include "tst_takeover.moc"
