// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "tests/support/mysqlfixture.h"

#include <QJsonArray>

#include <csignal>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace Qt::StringLiterals;

/// `coroscope mysql` against real servers.
class MySqlCommandTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<MySqlService> m_one;
    std::unique_ptr<MySqlService> m_two;

    Program::Result mysql(const QString &sql, const QStringList &options = {}) const
    {
        return Program::run(QStringList {u"mysql"_s} + options
                            + QStringList {m_one->url().toString(), u"--"_s, sql});
    }
    static QString withoutPassword(QUrl url)
    {
        url.setPassword({});
        return url.toString();
    }

private slots:
    void initTestCase()
    {
        m_one = startedMySql({.password = "correct horse"});
        m_two = startedMySql();
        QVERIFY2(m_one && m_two, "mariadbd is needed for this test");
    }
    void cleanupTestCase()
    {
        m_one.reset();
        m_two.reset();
    }

    void rowsArePrintedWithTabsUnderAHeader()
    {
        const auto result = mysql(u"SELECT Host, User, NULL AS x FROM user WHERE User = 'root'"_s);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.out, QByteArray("Host\tUser\tx\nlocalhost\troot\tNULL\n"));
        QCOMPARE(result.exitCode, 0);
    }

    void jsonHoldsRowsAsObjects()
    {
        const auto result = mysql(u"SELECT 1 AS one, NULL AS none, 'a' AS text"_s, {u"--json"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.jsonLines().size(), 1);
        const QJsonObject line = result.jsonLines()[0];
        QCOMPARE(line.value(u"kind"_s).toString(), u"mysql"_s);
        QCOMPARE(line.value(u"state"_s).toString(), u"done"_s);
        const QJsonObject row = line.value(u"result"_s).toArray().at(0).toObject();
        QCOMPARE(row.value(u"one"_s).toInt(), 1);
        QVERIFY(row.value(u"none"_s).isNull());
        QCOMPARE(row.value(u"text"_s).toString(), u"a"_s);
    }

    void severalServersAnswerTogether()
    {
        const auto result = Program::run(
            {u"mysql"_s, m_one->url().toString(), m_two->url().toString(), u"--"_s, u"SELECT @@port AS p"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out, "p\n" + QByteArray::number(m_one->port()) + "\np\n"
                                 + QByteArray::number(m_two->port()) + "\n");
    }

    void serversErrorIsToldWithItsCode()
    {
        const auto result = mysql(u"SELEC 1"_s);
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains("1064 (42000)"), result.err.constData());
    }

    void passwordComesFromTheEnvironmentAndIsNeverShown()
    {
        Program program({u"mysql"_s, withoutPassword(m_one->url()), u"--json"_s, u"--"_s, u"SELECT 1"_s});
        program.setVariable(u"MYSQL_PWD"_s, u"correct horse"_s);
        QCOMPARE(program.run().exitCode, 0);
        Program wrong({u"mysql"_s, withoutPassword(m_one->url()), u"--"_s, u"SELECT 1"_s});
        wrong.setVariable(u"MYSQL_PWD"_s, u"guessed-wrong"_s);
        const auto result = wrong.run();
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.contains("1045"));
        QVERIFY(!(result.out + result.err).contains("guessed-wrong"));
    }

    void badUseIsExitCode2_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("no statement") << QStringList {u"mysql"_s, u"mysql://h"_s};
        QTest::newRow("no address") << QStringList {u"mysql"_s, u"--"_s, u"SELECT 1"_s};
        QTest::newRow("no MySQL address") << QStringList {u"mysql"_s, u"http://h"_s, u"--"_s, u"SELECT 1"_s};
        QTest::newRow("no ssl-mode") << QStringList {u"mysql"_s, u"mysql://h?ssl-mode=x"_s, u"--"_s,
                                                     u"SELECT 1"_s};
    }
    void badUseIsExitCode2()
    {
        QFETCH(QStringList, line);
        const auto result = Program::run(line);
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.err.contains("coroscope mysql --help"));
    }

    void interruptedStatementIsStoppedAtTheServer()
    {
        Program program({u"mysql"_s, m_one->url().toString(), u"--"_s, u"SELECT SLEEP(64)"_s});
        program.start();
        const QString running = u"SELECT COUNT(*) AS n FROM information_schema.processlist WHERE INFO LIKE "
                                "'%SLEEP(64)%' AND ID <> CONNECTION_ID()"_s;
        QTRY_COMPARE_WITH_TIMEOUT(mysql(running).out, QByteArray("n\n1\n"), 20000);
        program.signal(SIGINT);
        QCOMPARE(program.wait().exitCode, 130);
        QCOMPARE(mysql(running).out, QByteArray("n\n0\n"));
    }

    void nobodyThereIsExitCode1()
    {
        auto gone = startedMySql();
        QVERIFY(gone);
        const QString url = gone->url().toString();
        gone.reset();
        const auto result = Program::run({u"mysql"_s, url, u"--"_s, u"SELECT 1"_s});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("refused"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(MySqlCommandTest)
#include "tst_mysqlcommand.moc"
