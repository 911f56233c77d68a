// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/samplecontent.h"
#include "core/tasks/demo.h"
#include "core/tasks/localsession.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace std::chrono_literals;
using State = model::TaskState;

namespace {

QList<model::Task> tasksOf(LocalSession &session, const QString &category)
{
    QList<model::Task> found;
    for (const TaskId id : session.store().tasks()) {
        const model::Task *task = session.store().task(id);
        if (task && task->entity == trace::EntityKind::Spawned && task->category == category)
            found << *task;
    }
    return found;
}

qsizetype countOf(const QList<model::Task> &tasks, State state)
{
    return std::ranges::count_if(tasks, [state](const model::Task &task) { return task.state == state; });
}

/// Sets the future by hand as soon as somebody waits for it.
void answerWhenAsked(LocalSession &session)
{
    QObject::connect(&session.store(), &model::TraceStore::changed, &session,
                     [&session, done = false]() mutable {
                         for (const FutureId id : session.store().futures()) {
                             if (done || session.store().future(id)->awaiting.empty())
                                 continue;
                             done = true;
                             session.post(SetFutureResult {id, "42"});
                         }
                     });
}

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT
private slots:
    void demoShowsEveryKindOfWork()
    {
        LocalSession session;
        answerWhenAsked(session);
        QSignalSpy idle(&session, &LocalSession::idle);
        QSignalSpy rejected(&session, &Session::rejected);
        session.post(StartDemo {});
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 60000);
        QCOMPARE(rejected.count(), 0);
        QCOMPARE(session.store().figures().breaches, 0u);

        const auto downloads = tasksOf(session, "download");
        QVERIFY(downloads.size() >= 8);
        QCOMPARE(countOf(downloads, State::Failed), 1); // the other breaks off, and goes on
        QCOMPARE(countOf(downloads, State::Done), downloads.size() - 1);
        for (const model::Task &task : downloads) {
            if (task.state == State::Done)
                QVERIFY2(task.result.contains(" bytes → "), qPrintable(task.result));
            else
                QVERIFY2(task.error.startsWith("404 Not Found"), qPrintable(task.error));
        }

        const auto redis = tasksOf(session, "redis");
        QCOMPARE(redis.size(), 2);
        for (const model::Task &task : redis)
            QCOMPARE(task.result, QStringLiteral("{key1: 1, key2: 2, key3: 3}"));

        QCOMPARE(countOf(tasksOf(session, "sleep"), State::Done), 3);

        const auto groups = tasksOf(session, "group");
        QCOMPARE(countOf(groups, State::Done), groups.size());
        const auto named = [&](const QString &name) {
            return *std::ranges::find_if(groups, [&](const model::Task &task) { return task.name == name; });
        };
        QCOMPARE(named("future “answer”").result, QStringLiteral("42"));
        QCOMPARE(named("parse index").result, QStringLiteral("1,204 links"));
        QVERIFY(named("parse index").longestSlice >= 240ms);
        const QByteArray content = net::sampleContent(net::FileSite::seedOf("/ubuntu.iso"), 0, 611738);
        QCOMPARE(named("check ubuntu.iso").result,
                 "sha256 " + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());

        const auto workers = std::ranges::count_if(session.store().tasks(), [&](TaskId id) {
            return session.store().task(id)->entity == trace::EntityKind::Worker;
        });
        QVERIFY(workers >= 1);
    }

    void demoRunsWithoutRedisAndNamesThePackage()
    {
        LocalSession session({.redisProgram = "no-such-redis-server"});
        QSignalSpy notice(&session, &Session::notice);
        session.post(StartDemo {});
        QTRY_VERIFY_WITH_TIMEOUT(tasksOf(session, "download").size() >= 8, 30000);
        QString said;
        for (const auto &arguments : notice)
            said += arguments[0].toString();
        QVERIFY2(said.contains("package redis-server"), qPrintable(said));
        QVERIFY(tasksOf(session, "redis").isEmpty());
    } // and ends in the middle of its downloads

    void twoDemosAtOnceKeepTheirFilesApart()
    {
        LocalSession session;
        session.post(StartDemo {});
        session.post(StartDemo {});
        QTRY_VERIFY_WITH_TIMEOUT(countOf(tasksOf(session, "redis"), State::Done) == 4, 30000);
        session.post(CancelAll {});
        QTRY_VERIFY(!session.isBusy());
        for (const model::Task &task : tasksOf(session, "download"))
            QVERIFY(model::hasEnded(task.state));
    }

    void cancelledDemoStartsNothingMore()
    {
        LocalSession session;
        session.post(StartDemo {});
        session.post(CancelAll {}); // while its services start
        QTRY_VERIFY(!session.isBusy());
        QVERIFY(session.store().roots().size() <= 1); // the loop

        session.post(StartDemo {});
        QTRY_VERIFY_WITH_TIMEOUT(tasksOf(session, "download").size() >= 8, 30000);
        session.post(CancelAll {}); // between its steps
        QTRY_VERIFY(!session.isBusy());
        for (const TaskId id : session.store().tasks())
            QVERIFY(session.store().task(id)->name != "parse index");
    }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
