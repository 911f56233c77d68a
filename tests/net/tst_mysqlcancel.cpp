// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqltransaction.h"
#include "core/runtime/sleep.h"
#include "tests/support/mysqlfixture.h"

#include <QTcpServer>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

/// What is cancelled or fails midway: statements, and transactions.
QCoro::Task<QString> addTwo(MySqlClient client, std::shared_ptr<bool> isAtWork, QByteArray second)
{
    co_await client.query("INSERT INTO accounts VALUES (1)");
    *isAtWork = true;
    co_await client.query(std::move(second));
    co_await sleep(0ms);
    co_return QStringLiteral("both");
}

QCoro::Task<QString> addAndSleep(MySqlClient client, std::shared_ptr<bool> isAtWork)
{
    co_await client.query("INSERT INTO accounts VALUES (1)");
    *isAtWork = true;
    co_await sleep(60s);
    co_return QString();
}

QCoro::Task<QString> transfer(MySqlOptions options, std::shared_ptr<bool> isAtWork, QByteArray second)
{
    MySqlClient client(std::move(options));
    co_await client.connect();
    QString done = co_await inTransaction(client, addTwo, isAtWork, std::move(second));
    co_await client.close();
    co_return done;
}

QCoro::Task<QString> transferSlowly(MySqlClient client, std::shared_ptr<bool> isAtWork)
{
    QString done = co_await inTransaction(client, addAndSleep, isAtWork);
    co_return done;
}

QCoro::Task<> readSlowly(MySqlClient client, std::shared_ptr<int> live)
{
    MySqlResult result = co_await client.query("SELECT seq, SLEEP(0.01) FROM mysql.seq_1_to_100000");
    for (;;) {
        const MySqlRow row = co_await result.next();
        if (!row)
            co_return;
        ++*live;
    }
}

} // namespace

class TestMySqlCancel : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<MySqlService> m_server;

    std::optional<MySqlClient> connected(MySqlOptions options)
    {
        MySqlClient client(std::move(options));
        const auto task = spawn("connect", connectMySqlClient, client);
        return ends(task) && !task.error() ? std::optional(client) : std::nullopt;
    }
    QString ask(const QByteArray &sql)
    {
        const auto task = spawn("ask", askMySqlOnce, optionsOf(*m_server), sql);
        if (!ends(task) || task.error())
            return QStringLiteral("error: ") + errorOf(task).text();
        const MySqlRows rows = task.result();
        return rows.rows.empty() ? QString() : toText(rows.rows[0][0]);
    }
    /// How many statements the server is at, with that text in them.
    QString running(const QByteArray &text)
    {
        return ask("SELECT COUNT(*) FROM information_schema.processlist WHERE INFO LIKE '%" + text
                   + "%' AND ID <> CONNECTION_ID()");
    }

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_server = startedMySql({.password = "secret"});
        QVERIFY2(m_server, "mariadbd is needed for this test");
        QCOMPARE(ask("CREATE TABLE accounts (id INT PRIMARY KEY) ENGINE=InnoDB"), QString());
    }
    void init() { QCOMPARE(ask("DELETE FROM accounts"), QString()); }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_server.reset();
    }

    void cancelledQueryIsKilledAtTheServer()
    {
        const auto client = connected(optionsOf(*m_server));
        QVERIFY(client);
        const auto task = spawn("sleep", askMySql, *client, QByteArray("SELECT SLEEP(61)"));
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(61)"), QStringLiteral("1"), 20000);
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QVERIFY(!client->isOpen());
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(61)"), QStringLiteral("0"), 20000);
    }

    void queryWithoutAnAnswerIsGivenUpAndKilled()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.timeout = 200ms;
        const auto client = connected(options);
        QVERIFY(client);
        const auto task = spawn("sleep", askMySql, *client, QByteArray("SELECT SLEEP(62)"));
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == Error::Kind::Timeout);
        QVERIFY2(errorOf(task).what.contains(QStringLiteral("0.2 s")), qUtf8Printable(errorOf(task).what));
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(62)"), QStringLiteral("0"), 20000);
    }

    void readerOfRowsIsCancelledBetweenThem()
    {
        const auto client = connected(optionsOf(*m_server));
        QVERIFY(client);
        const auto live = std::make_shared<int>(0);
        const auto task = spawn("read", readSlowly, *client, live);
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(0.01)"), QStringLiteral("1"), 20000);
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(0.01)"), QStringLiteral("0"), 20000);
    }

    void loopThatEndsTakesStatementsUnderWayWithIt()
    {
        // A loop of its own, on this thread: frames are destroyed while libmariadb waits.
        m_loop.reset();
        {
            Loop loop;
            MySqlClient client(optionsOf(*m_server));
            const auto connecting = spawn("connect", connectMySqlClient, client);
            QVERIFY(ends(connecting));
            const auto query = spawn("sleep", askMySql, client, QByteArray("SELECT SLEEP(2)"));
            const auto second = spawn("connecting", askMySqlOnce, optionsOf(*m_server),
                                      QByteArray("SELECT 1"));
            QEventLoop events;
            QTimer::singleShot(20, &events, &QEventLoop::quit);
            events.exec();
            QVERIFY(!query.isDone());
        }
        m_loop = std::make_unique<Loop>();
        QCOMPARE(ask("SELECT 1"), QStringLiteral("1"));
    }

    void transactionIsCommittedWhenItReturns()
    {
        const auto atWork = std::make_shared<bool>(false);
        const auto task = spawn("transfer", transfer, optionsOf(*m_server), atWork,
                                QByteArray("INSERT INTO accounts VALUES (2)"));
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(task.result(), QStringLiteral("both"));
        QCOMPARE(ask("SELECT COUNT(*) FROM accounts"), QStringLiteral("2"));
    }

    void transactionIsRolledBackWhenItFails()
    {
        const auto atWork = std::make_shared<bool>(false);
        const auto task = spawn("transfer", transfer, optionsOf(*m_server), atWork,
                                QByteArray("INSERT INTO accounts VALUES (1)"));
        QVERIFY(ends(task));
        const auto thrown = thrownBy<MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1062U);
        QCOMPARE(ask("SELECT COUNT(*) FROM accounts"), QStringLiteral("0"));
    }

    void transactionIsRolledBackWhenItIsCancelledInAStatement()
    {
        const auto atWork = std::make_shared<bool>(false);
        const auto task = spawn("transfer", transfer, optionsOf(*m_server), atWork,
                                QByteArray("SELECT SLEEP(63)"));
        QTRY_COMPARE_WITH_TIMEOUT(running("SLEEP(63)"), QStringLiteral("1"), 20000);
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QTRY_COMPARE_WITH_TIMEOUT(ask("SELECT COUNT(*) FROM accounts FOR UPDATE"), QStringLiteral("0"),
                                  20000);
    }

    void transactionIsRolledBackAtOnceWhenItIsCancelledBetweenStatements()
    {
        const auto client = connected(optionsOf(*m_server));
        QVERIFY(client);
        const auto atWork = std::make_shared<bool>(false);
        const auto task = spawn("transfer", transferSlowly, *client, atWork);
        QTRY_VERIFY_WITH_TIMEOUT(*atWork, 20000);
        QVERIFY(client->isInTransaction());
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QVERIFY(client->isOpen());
        QVERIFY(!client->isInTransaction());
        QCOMPARE(ask("SELECT COUNT(*) FROM accounts"), QStringLiteral("0"));
    }

    void silentListenerIsGivenUp_data()
    {
        QTest::addColumn<bool>("encrypted");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void silentListenerIsGivenUp()
    {
        QFETCH(bool, encrypted);
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        MySqlOptions options {.address = {.host = QStringLiteral("127.0.0.1"), .port = silent.serverPort()}};
        options.address.tls = encrypted ? MySqlTls::Required : MySqlTls::Disabled;
        options.connectTimeout = 300ms;
        const auto task = spawn("connect", connectMySqlClient, MySqlClient(options));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(ends(task));
        QVERIFY2(errorOf(task).kind == Error::Kind::Timeout, qUtf8Printable(errorOf(task).text()));
        QVERIFY(errorOf(task).where.contains(QString::number(silent.serverPort())));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void connectingIsCancelled_data() { silentListenerIsGivenUp_data(); }
    void connectingIsCancelled()
    {
        QFETCH(bool, encrypted);
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        MySqlOptions options {.address = {.host = QStringLiteral("127.0.0.1"), .port = silent.serverPort()}};
        options.address.tls = encrypted ? MySqlTls::Required : MySqlTls::Disabled;
        const auto task = spawn("connect", connectMySqlClient, MySqlClient(options));
        QTRY_VERIFY(silent.hasPendingConnections());
        QVERIFY(task.cancel());
        QVERIFY(ends(task, 2s));
        QVERIFY(task.isCancelled());
    }
};

QTEST_GUILESS_MAIN(TestMySqlCancel)
#include "tst_mysqlcancel.moc"
