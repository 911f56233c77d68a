// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/mysqlstart.h"

#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/trace/recorder.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;

/// The local MySQL servers, and how their start is shown.
class TestMySqlStart : public QObject
{
    Q_OBJECT

    /// The task that shows the start, once it has ended.
    static const model::Task *shownIn(model::TraceStore &store, model::Collector &collector)
    {
        collector.collectAll();
        for (const TaskId id : store.roots()) {
            const model::Task *const task = store.task(id);
            if (task && task->category == "mysql" && model::hasEnded(task->state))
                return task;
        }
        return nullptr;
    }

private slots:
    void init() { trace::startRecording(); }
    void cleanup() { trace::stopRecording(); }

    void serversThatAreWantedStartAndATaskShowsIt()
    {
        model::TraceStore store;
        model::Collector collector(store);
        LoopThread loop;
        loop.startAndWait();
        {
            net::LocalServices services({});
            const MySqlStart start(services, loop);
            QList<net::Endpoints> told;
            connect(&services, &net::LocalServices::started, this,
                    [&told](const net::Endpoints &endpoints) { told << endpoints; });
            services.start();
            QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 30000);
            QVERIFY(told[0].mysql.isEmpty());
            services.start(net::LocalServices::Wanted::MySql);
            QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, 60000);
            QVERIFY2(told[1].problems.isEmpty(), qUtf8Printable(told[1].problems.join(u' ')));
            QCOMPARE(told[1].mysql.size(), net::LocalServices::mySqlServers);
            QCOMPARE(told[1].redis, told[0].redis);
            QCOMPARE(told[1].mysql[0].scheme(), QStringLiteral("mysql"));
            QVERIFY(told[1].mysql[0].password().size() >= 20);
            QTRY_VERIFY(shownIn(store, collector));
            const model::Task *const task = shownIn(store, collector);
            QVERIFY(task->state == model::TaskState::Done);
            QVERIFY(task->result.contains(u'2'));
        }
        loop.stop();
    }

    void missingServerIsATaskThatFails()
    {
        model::TraceStore store;
        model::Collector collector(store);
        LoopThread loop;
        loop.startAndWait();
        {
            net::LocalServices services({});
            services.setMySqlProgram(QStringLiteral("no-such-mariadbd"));
            const MySqlStart start(services, loop);
            QSignalSpy started(&services, &net::LocalServices::started);
            services.start(net::LocalServices::Wanted::MySql);
            QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 30000);
            QTRY_VERIFY(shownIn(store, collector));
            const model::Task *const task = shownIn(store, collector);
            QVERIFY(task->state == model::TaskState::Failed);
            QVERIFY2(task->error.contains(QStringLiteral("mariadb-server-core")),
                     qUtf8Printable(task->error));
        }
        loop.stop();
    }
};

QTEST_GUILESS_MAIN(TestMySqlStart)
#include "tst_mysqlstart.moc"
