// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlpool.h"

#include "tests/support/mysqlfixture.h"

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;

namespace {

QCoro::Task<qulonglong> idOfALease(MySqlPool pool, QByteArray sql)
{
    MySqlLease lease = co_await pool.acquire();
    co_await lease->query(std::move(sql));
    co_return qulonglong(lease->connectionId());
}

QCoro::Task<> note(MySqlPool pool, std::shared_ptr<QList<int>> order, int number)
{
    MySqlLease lease = co_await pool.acquire();
    order->append(number);
    co_await lease->query("DO SLEEP(0.02)");
}

QCoro::Task<> closePool(MySqlPool pool) { co_await pool.close(); }

} // namespace

class TestMySqlPool : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<MySqlService> m_server;

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_server = startedMySql({.password = "secret"});
        QVERIFY2(m_server, "mariadbd is needed for this test");
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_server.reset();
    }

    void connectionIsUsedAgain()
    {
        const MySqlPool pool(optionsOf(*m_server), 2);
        const auto first = spawn("first", idOfALease, pool, QByteArray("DO 1"));
        QVERIFY(ends(first));
        QCOMPARE(pool.idleCount(), 1);
        const auto second = spawn("second", idOfALease, pool, QByteArray("DO 1"));
        QVERIFY(ends(second));
        QCOMPARE(first.result(), second.result());
    }

    void noMoreThanItsSizeAreOpenAndTheFirstComesFirst()
    {
        const MySqlPool pool(optionsOf(*m_server), 2);
        const auto order = std::make_shared<QList<int>>();
        std::vector<AnyTask> tasks;
        for (int i = 0; i < 12; ++i)
            tasks.push_back(spawn("task", note, pool, order, i));
        for (const AnyTask &task : tasks) {
            QVERIFY(ends(task));
            QVERIFY(!task.error());
        }
        QCOMPARE(pool.idleCount(), 2);
        QCOMPARE(order->size(), 12);
        for (int i = 2; i < 12; ++i) // the first two connect at the same time
            QCOMPARE(order->at(i), i);
    }

    void whoWaitsCanBeCancelled()
    {
        const MySqlPool pool(optionsOf(*m_server), 1);
        const auto holder = spawn("holder", idOfALease, pool, QByteArray("DO SLEEP(0.3)"));
        const auto waiting = spawn("waiting", idOfALease, pool, QByteArray("DO 1"));
        const auto last = spawn("last", idOfALease, pool, QByteArray("DO 1"));
        const auto probe = spawn("probe", askMySqlOnce, optionsOf(*m_server), QByteArray("SELECT 1"));
        QVERIFY(ends(probe));
        QVERIFY(waiting.cancel());
        QVERIFY(ends(waiting));
        QVERIFY(waiting.isCancelled());
        QVERIFY(ends(holder) && ends(last));
        QCOMPARE(last.result(), holder.result());
    }

    void brokenConnectionIsReplaced()
    {
        const MySqlPool pool(optionsOf(*m_server), 1);
        const auto first = spawn("first", idOfALease, pool, QByteArray("DO 1"));
        QVERIFY(ends(first));
        const auto kill = spawn("kill", askMySqlOnce, optionsOf(*m_server),
                                "KILL " + QByteArray::number(first.result()));
        QVERIFY(ends(kill));
        const auto second = spawn("second", idOfALease, pool, QByteArray("DO 1"));
        QVERIFY(ends(second));
        QVERIFY2(!second.error(), qUtf8Printable(errorOf(second).text()));
        QVERIFY(second.result() != first.result());
    }

    void connectionInATransactionIsDropped()
    {
        const MySqlPool pool(optionsOf(*m_server), 1);
        const auto first = spawn("first", idOfALease, pool, QByteArray("START TRANSACTION"));
        QVERIFY(ends(first));
        QCOMPARE(pool.idleCount(), 0);
    }

    void closedPoolKeepsNoConnection()
    {
        const MySqlPool pool(optionsOf(*m_server), 1);
        const auto first = spawn("first", idOfALease, pool, QByteArray("DO 1"));
        QVERIFY(ends(first));
        const auto close = spawn("close", closePool, pool);
        QVERIFY(ends(close));
        QCOMPARE(pool.idleCount(), 0);
    }

    void failureToConnectGivesThePlaceBack()
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.password = "wrong";
        const MySqlPool pool(options, 1);
        for (int i = 0; i < 3; ++i) {
            const auto task = spawn("task", idOfALease, pool, QByteArray("DO 1"));
            QVERIFY(ends(task));
            QVERIFY(errorOf(task).kind == Error::Kind::Login);
        }
    }
};

QTEST_GUILESS_MAIN(TestMySqlPool)
#include "tst_mysqlpool.moc"
