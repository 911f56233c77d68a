// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/mysqltask.h"

#include "core/tasks/resulttable.h"
#include "tests/support/mysqlfixture.h"

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;

class TestMySqlTask : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<net::MySqlService> m_server;

    SpawnedTask<MySqlTaskResult> run(const QString &sql, const TaskContext &context,
                                     MySqlOutput output = MySqlOutput::Lines) const
    {
        auto spec = std::get<MySqlSpec>(parseMySql(m_server->url().toString(QUrl::FullyEncoded), sql));
        spec.output = output;
        const auto task = spawn("mysql", runMySql, spec, context);
        ends(task, std::chrono::seconds(60));
        return task;
    }

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_server = startedMySql({.password = "hush"});
        QVERIFY2(m_server, "mariadbd is needed for this test");
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_server.reset();
    }

    void rowsArePutOutAndKept()
    {
        const TaskContext context;
        const auto task = run(QStringLiteral("SELECT 1 AS n, 'a\tb' AS t, NULL AS none, x'00ff' AS b"),
                              context);
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(context.book->output(task.id()), QByteArray("n\tt\tnone\tb\n1\ta\\tb\tNULL\t0x00ff\n"));
        QCOMPARE(toTraceText(task.result()), QStringLiteral("1 row: (1, a\\tb, NULL, 0x00ff (2 bytes))"));
        const auto table = context.book->table(task.id());
        QVERIFY(table);
        QCOMPARE(table->rowCount(), 1);
        QCOMPARE(table->columns()[1].name, QStringLiteral("t"));
        QVERIFY(table->value(0, 0) == net::MySqlValue(qint64(1)));
        QVERIFY(net::isNull(table->value(0, 2)));
        QVERIFY(table->value(0, 3) == net::MySqlValue(QByteArray("\0\xff", 2)));
    }

    void rowsBecomeJson()
    {
        const TaskContext context;
        const auto task = run(QStringLiteral(
                                  "SELECT 18446744073709551615 AS n, '\"' AS t, NULL AS n, x'00' AS b "
                                  "UNION ALL SELECT CAST(2 AS UNSIGNED), 'x', 1.50, x''"),
                              context, MySqlOutput::Json);
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(context.book->output(task.id()),
                 QByteArray(
                     "[{\"n\":18446744073709551615,\"t\":\"\\\"\",\"n:2\":null,\"b\":{\"base64\":\"AA==\"}},"
                     "{\"n\":2,\"t\":\"x\",\"n:2\":\"1.50\",\"b\":{\"base64\":\"\"}}]\n"));
    }

    void changedRowsAreCounted()
    {
        const TaskContext context;
        QVERIFY(!run(QStringLiteral("CREATE TABLE t (i INT)"), context).error());
        const auto task = run(QStringLiteral("INSERT INTO t VALUES (1), (2), (3)"), context);
        QVERIFY(!task.error());
        QCOMPARE(toTraceText(task.result()), QStringLiteral("3 rows changed"));
        QCOMPARE(context.book->output(task.id()), QByteArray());
    }

    void tableKeepsWhatAPersonMayLookThrough()
    {
        const TaskContext context;
        const auto task = run(QStringLiteral("SELECT seq FROM seq_1_to_150000"), context, MySqlOutput::None);
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(task.result().rows, 150000);
        const auto table = context.book->table(task.id());
        QCOMPARE(table->totalCount(), 150000);
        QCOMPARE(table->rowCount(), ResultTable::mostRows);
        QVERIFY(table->value(99'999, 0) == net::MySqlValue(quint64(100'000))
                || table->value(99'999, 0) == net::MySqlValue(qint64(100'000)));
        QCOMPARE(context.book->output(task.id()), QByteArray());
        QVERIFY(toTraceText(task.result()).startsWith(QStringLiteral("150,000 rows: (1), (2)")));
        QVERIFY(toTraceText(task.result()).size() < 2000);
    }

    void tableTellsWhenItsRowsCame()
    {
        const TaskContext context;
        const std::uint64_t before = trace::Clock::ticks();
        const auto task = run(QStringLiteral("SELECT seq FROM seq_1_to_1000"), context, MySqlOutput::None);
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        const auto table = context.book->table(task.id());
        QVERIFY(!table->countsBy(before).hasColumns);
        QCOMPARE(table->countsBy(before).kept, 0);
        QVERIFY(table->countsBy(trace::Clock::ticks()).hasColumns);
        QCOMPARE(table->countsBy(trace::Clock::ticks()).kept, 1000);
    }

    void serversErrorFailsTheTask()
    {
        const auto task = run(QStringLiteral("SELECT * FROM nowhere"), {});
        const auto thrown = thrownBy<net::MySqlException>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->code(), 1146U);
        QCOMPARE(thrown->sqlState(), QByteArray("42S02"));
    }

    void passwordNeverShowsInAnError()
    {
        auto spec = std::get<MySqlSpec>(parseMySql(m_server->url().toString(), QStringLiteral("SELECT 1")));
        spec.url.setPassword(QStringLiteral("wrong-secret"));
        const auto task = spawn("mysql", runMySql, spec, TaskContext());
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == net::Error::Kind::Login);
        QVERIFY(!errorOf(task).text().contains(QStringLiteral("secret")));
    }

    void addressThatIsNoneIsSaid()
    {
        const auto task = spawn("mysql", runMySql, MySqlSpec {.url = QUrl(QStringLiteral("http://h"))},
                                TaskContext());
        QVERIFY(ends(task));
        QVERIFY(errorOf(task).kind == net::Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(TestMySqlTask)
#include "tst_mysqltask.moc"
