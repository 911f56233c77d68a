// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/reportedtasks.h"

#include "story.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using trace::Outcome;

class ReportedTasksTest : public QObject
{
    Q_OBJECT

    static QJsonObject json(const Story &story, TaskId task, const QByteArray &output = {})
    {
        return QJsonDocument::fromJson(jsonLine(*story.store.task(task), output)).object();
    }

private slots:
    void rootsAreReportedAndOfABatchItsDownloads()
    {
        Story story;
        const TaskId sleep = story.spawn(u"sleep 1 s"_s, u"sleep"_s);
        const TaskId batch = story.spawn(u"batch"_s, u"group"_s);
        const TaskId first = story.spawn(u"GET a"_s, u"download"_s, batch);
        const TaskId second = story.spawn(u"GET b"_s, u"download"_s, batch);
        const TaskId future = story.spawn(u"future"_s, u"group"_s);
        story.commit();
        QCOMPARE(reportedTasks(story.store), std::vector<TaskId>({sleep, first, second, future}));
    }
    void aDoneTaskHasItsResult()
    {
        Story story;
        const TaskId task = story.spawn(u"redis h:1"_s, u"redis"_s);
        story.sleep(task, 250ms);
        story.end(task, Outcome::Done, u"short"_s);
        story.commit();
        const QJsonObject object = json(story, task);
        QCOMPARE(object.value(u"task"_s).toString(), u"redis h:1"_s);
        QCOMPARE(object.value(u"kind"_s).toString(), u"redis"_s);
        QCOMPARE(object.value(u"state"_s).toString(), u"done"_s);
        QCOMPARE(object.value(u"result"_s).toString(), u"short"_s);
        QVERIFY(!object.contains(u"error"_s));
        QVERIFY(qAbs(object.value(u"seconds"_s).toDouble() - 0.251) < 0.001);
        // The whole output, where the session has one, without its line feed.
        QCOMPARE(json(story, task, "a\nb\n").value(u"result"_s).toString(), u"a\nb"_s);
        QVERIFY(jsonLine(*story.store.task(task), "a\nb\n").endsWith("}\n"));
        QCOMPARE(jsonLine(*story.store.task(task), "a\nb\n").count('\n'), 1);
    }
    void aFailedTaskHasItsError()
    {
        Story story;
        const TaskId task = story.spawn(u"GET a"_s, u"download"_s);
        story.end(task, Outcome::Failed, u"404 Not Found"_s);
        story.commit();
        QCOMPARE(json(story, task).value(u"state"_s).toString(), u"failed"_s);
        QCOMPARE(json(story, task).value(u"error"_s).toString(), u"404 Not Found"_s);
        QVERIFY(!json(story, task).contains(u"result"_s));
        QCOMPARE(failureLine(*story.store.task(task)), u"GET a: 404 Not Found"_s);
    }
    void aCancelledTaskSaysSo()
    {
        Story story;
        const TaskId task = story.spawn(u"sleep 9 s"_s, u"sleep"_s);
        story.end(task, Outcome::Cancelled);
        story.commit();
        QCOMPARE(json(story, task).value(u"state"_s).toString(), u"cancelled"_s);
        QCOMPARE(failureLine(*story.store.task(task)), u"sleep 9 s: cancelled"_s);
    }
};

QTEST_GUILESS_MAIN(ReportedTasksTest)
#include "tst_reportedtasks.moc"
