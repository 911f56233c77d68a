// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlclient.h"

#include "core/runtime/sleep.h"
#include "tests/support/memory.h"
#include "tests/support/mysqlfixture.h"
#include "tests/support/resolverthreads.h"

#include <csignal>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(coroscope::net::MySqlValue)

namespace {

QCoro::Task<MySqlRows> executeOnce(MySqlClient client, QByteArray sql, MySqlValues parameters)
{
    MySqlStatement statement = co_await client.prepare(std::move(sql));
    MySqlResult result = co_await statement.execute(std::move(parameters));
    MySqlRows rows = co_await result.all();
    co_return rows;
}

QCoro::Task<quint64> insertMany(MySqlClient client, int count)
{
    co_await client.query(
        "CREATE TEMPORARY TABLE many (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
    MySqlStatement insert = co_await client.prepare("INSERT INTO many (name) VALUES (?)");
    quint64 changed = 0;
    for (int i = 0; i < count; ++i) {
        const MySqlResult result = co_await insert.execute({QStringLiteral("n%1").arg(i)});
        changed += result.affectedRows() + (result.insertId() == quint64(i + 1) ? 1 : 0);
    }
    co_return changed;
}

QCoro::Task<qint64> sumOf(MySqlClient client, QByteArray sql)
{
    MySqlResult result = co_await client.query(std::move(sql));
    qint64 sum = 0;
    for (;;) {
        const MySqlRow row = co_await result.next();
        if (!row)
            co_return sum;
        sum += row.toInteger(0).value_or(0);
    }
}

QCoro::Task<QStringList> readAFewAndAskOn(MySqlClient client)
{
    QStringList read;
    {
        MySqlResult result = co_await client.query("SELECT seq FROM seq_1_to_100000");
        for (int i = 0; i < 3; ++i) {
            const MySqlRow row = co_await result.next();
            read << row.text(0);
        }
    }
    const MySqlRows next = co_await askMySql(client, "SELECT 'after'");
    read << toText(next.rows[0][0]);
    {
        MySqlStatement statement = co_await client.prepare("SELECT seq FROM seq_1_to_100000 WHERE seq > ?");
        MySqlResult result = co_await statement.execute({qint64(41)});
        const MySqlRow row = co_await result.next();
        read << row.text(0);
    }
    const MySqlRows last = co_await askMySql(client, "SELECT 'last'");
    read << toText(last.rows[0][0]);
    co_return read;
}

QCoro::Task<QString> askWhileRowsAreLeft(MySqlClient client)
{
    MySqlResult result = co_await client.query("SELECT 1");
    QString problem;
    try {
        co_await client.query("SELECT 2");
    } catch (const Exception &e) {
        problem = e.error().text();
    }
    const MySqlRow row = co_await result.next();
    co_return problem + u' ' + row.text(0);
}

QCoro::Task<QStringList> callProcedure(MySqlClient client)
{
    co_await client.query("CREATE OR REPLACE PROCEDURE two() BEGIN SELECT 1; SELECT 'b', 2; END");
    MySqlResult result = co_await client.query("CALL two()");
    QStringList texts;
    do {
        const MySqlRows rows = co_await result.all();
        for (const MySqlValues &row : rows.rows)
            texts << toText(row[0]);
        const bool more = co_await result.nextResult();
        if (!more)
            break;
    } while (true);
    co_await client.query("CALL two()"); // nobody reads these
    const MySqlRows rows = co_await askMySql(client, "SELECT 3");
    texts << toText(rows.rows[0][0]);
    co_return texts;
}

QCoro::Task<int> countRows(MySqlClient client, QByteArray sql, std::shared_ptr<int> live)
{
    MySqlResult result = co_await client.query(std::move(sql));
    for (;;) {
        const MySqlRow row = co_await result.next();
        if (!row)
            co_return *live;
        ++*live;
    }
}

QCoro::Task<> closeClient(MySqlClient client) { co_await client.close(); }

QCoro::Task<int> countTurns(std::shared_ptr<bool> stop)
{
    int turns = 0;
    while (!*stop) {
        co_await sleep(0ms);
        ++turns;
    }
    co_return turns;
}

} // namespace

class TestMySqlClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<MySqlService> m_server;

    std::optional<MySqlClient> connected()
    {
        MySqlClient client(optionsOf(*m_server));
        const auto task = spawn("connect", connectMySqlClient, client);
        return ends(task) && !task.error() ? std::optional(client) : std::nullopt;
    }
    MySqlRows ask(const QByteArray &sql)
    {
        const auto task = spawn("ask", askMySqlOnce, optionsOf(*m_server), sql);
        if (!ends(task) || task.error()) {
            qWarning() << errorOf(task).text();
            return {};
        }
        return task.result();
    }

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_server = startedMySql({.password = "hush/%:@ hush"});
        QVERIFY2(m_server, "mariadbd is needed for this test");
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_server.reset();
    }

    void usersAreSelected()
    {
        const MySqlRows users = ask("SELECT Host, User FROM user ORDER BY User");
        QCOMPARE(users.columns.size(), std::size_t(2));
        QCOMPARE(users.columns[0].name, QStringLiteral("Host"));
        QCOMPARE(users.columns[0].table, QStringLiteral("user"));
        QCOMPARE(users.columns[0].database, QStringLiteral("mysql"));
        QCOMPARE(users.rows.size(), std::size_t(2));
        QVERIFY(users.rows[1] == (MySqlValues {QStringLiteral("localhost"), QStringLiteral("root")}));
    }

    void typesComeAsTheyAre_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("literal");
        QTest::addColumn<MySqlValue>("value");
        QTest::addColumn<QString>("typeName");
        const auto row = [](const char *name, const char *type, const char *literal, MySqlValue value,
                            const char *typeName = nullptr) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(literal) << std::move(value)
                                << QString::fromUtf8(typeName ? typeName : type);
        };
        row("NULL", "INT", "NULL", {});
        row("smallest TINYINT", "TINYINT", "-128", qint64(-128));
        row("SMALLINT UNSIGNED", "SMALLINT UNSIGNED", "65535", quint64(65535));
        row("MEDIUMINT", "MEDIUMINT", "-8388608", qint64(-8388608));
        row("smallest BIGINT", "BIGINT", "-9223372036854775808", std::numeric_limits<qint64>::min());
        row("largest BIGINT UNSIGNED", "BIGINT UNSIGNED", "18446744073709551615",
            std::numeric_limits<quint64>::max());
        row("FLOAT", "FLOAT", "1.5", 1.5);
        row("DOUBLE", "DOUBLE", "-1.25e300", -1.25e300);
        row("DECIMAL keeps its digits", "DECIMAL(30,10)", "12345678901234567890.0123456789",
            QStringLiteral("12345678901234567890.0123456789"));
        row("BIT", "BIT(12)", "b'101000000001'", quint64(0xA01));
        row("YEAR", "YEAR", "2026", qint64(2026));
        row("DATE", "DATE", "'2026-02-28'", QStringLiteral("2026-02-28"));
        row("zero DATE", "DATE", "'0000-00-00'", QStringLiteral("0000-00-00"));
        row("TIME", "TIME(6)", "'-838:59:58.999999'", QStringLiteral("-838:59:58.999999"), "TIME");
        row("DATETIME", "DATETIME(6)", "'9999-12-31 23:59:59.000001'",
            QStringLiteral("9999-12-31 23:59:59.000001"), "DATETIME");
        row("TIMESTAMP", "TIMESTAMP", "'2026-01-02 03:04:05'", QStringLiteral("2026-01-02 03:04:05"));
        row("VARCHAR", "VARCHAR(80)", "'\xC3\xA4\xC3\xB6'", QStringLiteral("äö"));
        row("emoji", "VARCHAR(80)", "'\xF0\x9F\xA6\x80'", QString::fromUtf8("\xF0\x9F\xA6\x80"));
        row("CHAR", "CHAR(3)", "'abc'", QStringLiteral("abc"));
        row("empty text is not NULL", "TEXT", "''", QString());
        row("BLOB with zero bytes", "BLOB", "x'00ff0041'", QByteArray("\0\xff\0A", 4));
        row("VARBINARY", "VARBINARY(9)", "x'00'", QByteArray("\0", 1));
        row("ENUM", "ENUM('a','b')", "'b'", QStringLiteral("b"), "ENUM");
        row("SET", "SET('a','b')", "'a,b'", QStringLiteral("a,b"), "SET");
    }
    void typesComeAsTheyAre()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, literal);
        QFETCH(MySqlValue, value);
        QFETCH(QString, typeName);
        const auto client = connected();
        QVERIFY(client);
        for (const QByteArray &sql :
             {QByteArray("SET sql_mode=''"), QByteArray("CREATE TEMPORARY TABLE t (c " + type + " NULL)"),
              QByteArray("INSERT INTO t VALUES (" + literal + ")")}) {
            const auto task = spawn("set up", askMySql, *client, sql);
            QVERIFY(ends(task));
            QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        }
        // As text, and from a prepared statement: the same.
        const auto plain = spawn("plain", askMySql, *client, QByteArray("SELECT c FROM t"));
        QVERIFY(ends(plain));
        const auto prepared = spawn("prepared", executeOnce, *client, QByteArray("SELECT c FROM t"),
                                    MySqlValues());
        QVERIFY(ends(prepared));
        for (const auto &task : {plain, prepared}) {
            QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
            const MySqlRows rows = task.result();
            QCOMPARE(rows.columns[0].typeName, typeName);
            QCOMPARE(rows.rows.size(), std::size_t(1));
            QVERIFY2(rows.rows[0][0] == value, qUtf8Printable(toText(rows.rows[0][0])));
        }
    }

    void columnsSayWhatTheyAre()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto table = spawn("t", askMySql, *client,
                                 QByteArray(
                                     "CREATE TEMPORARY TABLE t (id INT UNSIGNED PRIMARY KEY, note TEXT)"));
        QVERIFY(ends(table));
        const auto task = spawn("ask", askMySql, *client,
                                QByteArray("SELECT id AS number, note, NULL FROM t"));
        QVERIFY(ends(task));
        const MySqlColumns columns = task.result().columns;
        QCOMPARE(columns[0].name, QStringLiteral("number"));
        QCOMPARE(columns[0].typeName, QStringLiteral("INT UNSIGNED"));
        QVERIFY(columns[0].isKey && !columns[0].isNullable);
        QCOMPARE(columns[1].typeName, QStringLiteral("TEXT"));
        QVERIFY(columns[1].isNullable && !columns[1].isKey);
        QVERIFY(columns[2].type == MySqlType::Null);
        QVERIFY(task.result().rows.empty());
    }

    void parametersAreOnlyEverValues()
    {
        const auto client = connected();
        QVERIFY(client);
        const QByteArray bytes("\0'\"\\\xff", 5);
        const QString text = QStringLiteral("'; DROP TABLE user; -- \U0001F980");
        const MySqlValues values {MySqlValue(), qint64(-5), std::numeric_limits<quint64>::max(),
                                  double(0.1),  text,       bytes};
        const auto task = spawn("execute", executeOnce, *client,
                                QByteArray("SELECT ?, ?, CAST(? AS UNSIGNED), ?, ?, CAST(? AS BINARY)"),
                                values);
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        const MySqlValues row = task.result().rows[0];
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY2(row[i] == values[i],
                     qUtf8Printable(QStringLiteral("%1: %2").arg(i).arg(toText(row[i]))));
    }

    void wrongNumberOfParametersIsSaid()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("execute", executeOnce, *client, QByteArray("SELECT ?"), MySqlValues());
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == Error::Kind::Input);
        const auto next = spawn("next", askMySql, *client, QByteArray("SELECT 1"));
        QVERIFY(ends(next));
        QVERIFY(!next.error());
    }

    void statementIsExecutedAgainAndAgain()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("insert", insertMany, *client, 50);
        QVERIFY(ends(task));
        QCOMPARE(task.result(), quint64(100));
    }

    void largeCellsComeWhole()
    {
        const auto client = connected();
        QVERIFY(client);
        const QByteArray sql = "SELECT REPEAT('x', 300), REPEAT('y', 5000000), REPEAT('z', 10)";
        const auto plain = spawn("plain", askMySql, *client, sql);
        QVERIFY(ends(plain));
        const auto prepared = spawn("prepared", executeOnce, *client, sql, MySqlValues());
        QVERIFY(ends(prepared));
        for (const auto &task : {plain, prepared}) {
            const MySqlValues row = task.result().rows[0];
            QCOMPARE(std::get<QString>(row[0]).size(), 300);
            QCOMPARE(std::get<QString>(row[1]), QString(5000000, u'y'));
            QCOMPARE(std::get<QString>(row[2]).size(), 10);
        }
    }

    void twoHundredThousandRowsAreStreamedInLittleMemory()
    {
        const auto client = connected();
        QVERIFY(client);
        const QByteArray sql = "SELECT seq, REPEAT('x', 200) FROM seq_1_to_200000";
        const qint64 before = processMemory("VmRSS:");
        const auto task = spawn("sum", sumOf, *client, sql);
        QVERIFY(ends(task, 60s));
        QCOMPARE(task.result(), qint64(200000) * 200001 / 2);
        const qint64 more = processMemory("VmRSS:") - before;
        constexpr qint64 most = (8 << 20) + sanitizersMemory; // the rows are more than 40 MB
        QVERIFY2(more < most, qPrintable(QString::number(more)));
    }

    void othersHaveTheirTurnWhileRowsCome()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto stop = std::make_shared<bool>(false);
        const auto other = spawn("other", countTurns, stop);
        const auto task = spawn("sum", sumOf, *client, QByteArray("SELECT seq FROM seq_1_to_100000"));
        QVERIFY(ends(task, 60s));
        *stop = true;
        QVERIFY(ends(other));
        QVERIFY2(other.result() > 50, qPrintable(QString::number(other.result())));
    }

    void slowReaderHoldsTheServerUp()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto live = std::make_shared<int>(0);
        // 100 MB: more than the sockets' buffers.
        const auto task = spawn("count", countRows, *client,
                                QByteArray("SELECT REPEAT('x', 100000) FROM seq_1_to_1000"), live);
        QTRY_VERIFY_WITH_TIMEOUT(*live > 0, 20000);
        QVERIFY(ends(task, 60s));
        QCOMPARE(*live, 1000);
    }

    void rowsThatNobodyReadsAreSkipped()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("few", readAFewAndAskOn, *client);
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(task.result().join(u' '), QStringLiteral("1 2 3 after 42 last"));
    }

    void secondStatementWhileRowsAreLeftIsRefused()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("ask", askWhileRowsAreLeft, *client);
        QVERIFY(ends(task));
        QVERIFY2(task.result().contains(QStringLiteral("still to be read")), qUtf8Printable(task.result()));
        QVERIFY(task.result().endsWith(u'1'));
    }

    void secondTaskOnABusyConnectionIsRefused()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto slow = spawn("slow", askMySql, *client, QByteArray("SELECT SLEEP(0.2)"));
        const auto second = spawn("second", askMySql, *client, QByteArray("SELECT 1"));
        QVERIFY(ends(second));
        QVERIFY(errorOf(second).kind == Error::Kind::Input);
        QVERIFY(ends(slow));
        QVERIFY(!slow.error());
    }

    void procedureGivesSeveralResults()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("call", callProcedure, *client);
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(task.result().join(u' '), QStringLiteral("1 b 3"));
    }

    void twentyConnectionsWaitAtOnce()
    {
        std::vector<SpawnedTask<MySqlRows>> tasks;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            tasks.push_back(
                spawn("sleep", askMySqlOnce, optionsOf(*m_server), QByteArray("SELECT SLEEP(0.5)")));
        for (const auto &task : tasks) {
            QVERIFY(ends(task));
            QVERIFY(!task.error());
        }
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed()))); // not 10 s
    }

    void syntaxErrorHasCodeStateAndText()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("ask", askMySql, *client, QByteArray("SELEC 1"));
        QVERIFY(ends(task));
        const auto thrown = thrownBy<MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1064U);
        QCOMPARE(thrown->sqlState(), QByteArray("42000"));
        QVERIFY(thrown->error().kind == Error::Kind::Server);
        QVERIFY(thrown->error().what.startsWith(QStringLiteral("1064 (42000): You have an error")));
        QCOMPARE(thrown->error().where, QStringLiteral("127.0.0.1:%1").arg(m_server->port()));
        const auto next = spawn("next", askMySql, *client, QByteArray("SELECT 1"));
        QVERIFY(ends(next));
        QVERIFY(!next.error());
    }

    void preparedSyntaxErrorIsThatOfTheStatement()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("prepare", executeOnce, *client, QByteArray("SELEC ?"),
                                MySqlValues {qint64(1)});
        QVERIFY(ends(task));
        const auto thrown = thrownBy<MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1064U);
    }

    void serversTextIsKeptBackWhereItMayQuoteAPassword()
    {
        const auto client = connected();
        QVERIFY(client);
        const auto task = spawn("ask", askMySql, *client,
                                QByteArray("CREATE USER x IDENTIFIED BY 'hush' oops"));
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).what.contains(QStringLiteral("1064")));
        QVERIFY2(!errorOf(task).text().contains(QStringLiteral("hush")),
                 qUtf8Printable(errorOf(task).text()));
    }

    void wrongPasswordIsSaidWithoutShowingIt()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.password = "wrong-secret";
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        const auto thrown = thrownBy<MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1045U);
        QCOMPARE(thrown->sqlState(), QByteArray("28000"));
        QVERIFY(thrown->error().kind == Error::Kind::Login);
        QVERIFY(!thrown->error().text().contains(QStringLiteral("wrong-secret")));
    }

    void unknownDatabaseIsSaid()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.database = QStringLiteral("nowhere");
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        const auto thrown = thrownBy<MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1049U);
        QVERIFY(thrown->error().what.contains(QStringLiteral("nowhere")));
    }

    void unixSocketLeadsThereToo()
    {
        const auto rows = ask("SELECT @@socket");
        MySqlOptions options = optionsOf(*m_server);
        options.address.socket = std::get<QString>(rows.rows.at(0).at(0));
        options.address.port = 1;
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
    }

    void hostNameIsLookedUp()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.host = QStringLiteral("localhost"); // perhaps ::1 first, where nobody listens
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
    }

    void unknownHostIsSaid()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.host = QStringLiteral("no-such-host.invalid");
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == Error::Kind::Dns);
    }

    void nobodyListeningIsRefused()
    {
        auto server = startedMySql();
        QVERIFY(server);
        const MySqlOptions options = optionsOf(*server);
        server.reset();
        const auto task = spawn("ask", askMySqlOnce, options, QByteArray("SELECT 1"));
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == Error::Kind::Refused);
        QVERIFY(errorOf(task).text().contains(QString::number(options.address.port)));
    }

    void serverKilledMidQueryIsALostConnection()
    {
        auto server = startedMySql();
        QVERIFY(server);
        MySqlClient client(optionsOf(*server));
        const auto connecting = spawn("connect", connectMySqlClient, client);
        QVERIFY(ends(connecting));
        const auto task = spawn("sleep", askMySql, client, QByteArray("SELECT SLEEP(60)"));
        const auto probe = spawn("probe", askMySqlOnce, optionsOf(*server), QByteArray("SELECT 1"));
        QVERIFY(ends(probe)); // the query is at the server by then
        ::kill(pid_t(server->pid()), SIGKILL);
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == Error::Kind::Lost);
        QVERIFY(!client.isOpen());
        const auto later = spawn("later", askMySql, client, QByteArray("SELECT 1"));
        QVERIFY(ends(later));
        QVERIFY(errorOf(later).kind == Error::Kind::Lost);
    }

    void closedConnectionIsGoneFromTheServer()
    {
        const auto client = connected();
        QVERIFY(client);
        const unsigned long id = client->connectionId();
        const auto close = spawn("close", closeClient, *client);
        QVERIFY(ends(close));
        QVERIFY(!client->isOpen());
        const MySqlRows rows = ask("SELECT COUNT(*) FROM information_schema.processlist WHERE ID="
                                   + QByteArray::number(qulonglong(id)));
        QVERIFY(rows.rows.at(0).at(0) == MySqlValue(qint64(0)));
    }
};

QTEST_GUILESS_MAIN(TestMySqlClient)
#include "tst_mysqlclient.moc"
