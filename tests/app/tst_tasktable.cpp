// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/tasktable.h"

#include "app/progressline.h"
#include "story.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using trace::Outcome;

class TaskTableTest : public QObject
{
    Q_OBJECT

    static QStringList lines(const QString &text) { return text.split(u'\n', Qt::SkipEmptyParts); }

private slots:
    void aRowATaskUnderAHeaderAndTotalsBelow()
    {
        Story story;
        const TaskId batch = story.spawn(u"batch"_s, u"group"_s);
        const TaskId found = story.spawn(u"GET a"_s, u"download"_s, batch);
        const TaskId missing = story.spawn(u"GET b"_s, u"download"_s, batch);
        const TaskId sleep = story.spawn(u"sleep 9 s"_s, u"sleep"_s);
        story.sleep(found, 500ms);
        story.end(found, Outcome::Done, u"611 bytes\nin a"_s);
        story.end(missing, Outcome::Failed, u"404 Not Found"_s);
        story.end(sleep, Outcome::Cancelled);
        story.end(batch, Outcome::Done);
        story.commit();
        const QStringList table = lines(taskTable(story.store, 100));
        QCOMPARE(table.size(), 6);
        QVERIFY(table[0].startsWith(u"Task "_s));
        QVERIFY(table[1].startsWith(u"batch "_s));
        QVERIFY(table[2].startsWith(u"  GET a  "_s));
        QVERIFY(table[2].contains(u"  done "_s));
        QVERIFY(table[2].endsWith(u"611 bytes in a"_s));
        QVERIFY(table[3].endsWith(u"404 Not Found"_s));
        QVERIFY(table[4].contains(u" cancelled "_s));
        QVERIFY(table[5].startsWith(u"4 tasks in "_s));
        QVERIFY(table[5].endsWith(u": 2 done, 1 failed, 1 cancelled"_s));
        // Columns stand below one another.
        const qsizetype state = table[0].indexOf(u"State"_s);
        QCOMPARE(table[2].indexOf(u"done"_s), state);
        QCOMPARE(table[3].indexOf(u"failed"_s), state);
        QCOMPARE(table[2].indexOf(u"611"_s), table[0].indexOf(u"Result"_s));
    }
    void longTextsAreCutToTheWidth()
    {
        Story story;
        const TaskId task = story.spawn(QString(200, u'n'), u"sleep"_s);
        story.end(task, Outcome::Failed, QString(500, u'e'));
        story.commit();
        for (const QString &line : lines(taskTable(story.store, 110)))
            QVERIFY2(line.size() <= 110, qPrintable(line));
        QVERIFY(taskTable(story.store, 110).contains(u'…'));
    }
    void theProgressLineCountsAndNamesWhatRuns()
    {
        Story story;
        const TaskId done = story.spawn(u"GET a"_s, u"download"_s);
        const TaskId half = story.spawn(u"GET b"_s, u"download"_s);
        const TaskId sleep = story.spawn(u"sleep 2 s"_s, u"sleep"_s);
        story.end(done, Outcome::Done);
        story.progress(half, 50, 100);
        story.commit();
        const std::vector<TaskId> tasks {done, half, sleep};
        QCOMPARE(progressOf(story.store, tasks, 80), u"1 of 3 done: GET b 50\u00a0%, sleep 2 s"_s);
        QCOMPARE(progressOf(story.store, tasks, 20), u"1 of 3 done: GET b …"_s);
    }
};

QTEST_GUILESS_MAIN(TaskTableTest)
#include "tst_tasktable.moc"
