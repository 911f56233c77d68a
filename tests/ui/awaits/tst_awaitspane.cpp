// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/awaits/awaitspane.h"
#include "ui/pulse.h"
#include "ui/selection.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::FakeSession;
using trace::WaitKind;

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    AwaitsPane pane {session.store(), pulse, selection};

    Fixture()
    {
        pane.resize(900, 300);
        pane.show();
        pane.corner()->show();
        pane.activateWindow();
    }
    void named(std::uint32_t id, const QString &name)
    {
        session.script.created(id).text(id, trace::TextKind::Name, name);
    }
    void waits(std::uint32_t id, WaitKind kind, std::uint64_t detail)
    {
        session.script.resumed(id).suspended(id, kind, detail);
    }
    /// "report" waits for "fetch", which sleeps for 2 s.
    void chain()
    {
        session.sleeper(1, "fetch");
        named(2, "report");
        waits(2, WaitKind::Join, 1);
        session.script.after(500ms).commit();
    }
    /// "name: what it waits for" of each line that is shown, two spaces a step.
    QStringList lines() const
    {
        QStringList lines;
        for (QTreeWidgetItemIterator it(pane.view()); *it; ++it) {
            int depth = 0;
            bool isShown = true;
            for (const QTreeWidgetItem *above = (*it)->parent(); above; above = above->parent()) {
                isShown = isShown && above->isExpanded();
                ++depth;
            }
            if (isShown)
                lines << QString(2 * depth, ' ') + (*it)->text(AwaitsPane::Task) + ": "
                             + (*it)->text(AwaitsPane::WaitsFor);
        }
        return lines;
    }
    QPoint at(const QString &name) const
    {
        const auto found = pane.view()->findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QPoint() : pane.view()->visualItemRect(found.front()).center();
    }
    QString label(const char *name) const { return pane.corner()->findChild<QLabel *>(name)->text(); }
};

} // namespace

class TestAwaitsPane : public QObject
{
    Q_OBJECT
private slots:
    void theTreeGoesDownToTheTimerWithItsTimeLeft();
    void anEmptyTreeSaysWhatItWillShow();
    void aCycleIsAWarning();
    void aClickSelectsAndEnterShows();
    void theSelectedTaskIsTheCurrentLine();
    void whatIsCollapsedStaysSo();
};

void TestAwaitsPane::theTreeGoesDownToTheTimerWithItsTimeLeft()
{
    Fixture f;
    f.chain();
    QTRY_COMPARE(f.lines(), (QStringList {"report: waits for fetch", "  fetch: timer 2 s · 1.50 s left"}));
    QCOMPARE(f.label("awaitCount"), "2 pending");
    f.session.script.after(250ms).created(3).commit();
    QTRY_COMPARE(f.lines()[1], "  fetch: timer 2 s · 1.25 s left");
    QCOMPARE(f.lines()[2], "task 3: not started");
    f.session.end(1).script.commit();
    QTRY_COMPARE(f.lines().size(), 2);
}

void TestAwaitsPane::anEmptyTreeSaysWhatItWillShow()
{
    Fixture f;
    const auto *empty = f.pane.view()->viewport()->findChild<QLabel *>();
    QVERIFY(empty->isVisible());
    QVERIFY(empty->text().startsWith("No task is pending."));
    f.chain();
    QTRY_VERIFY(!empty->isVisible());
}

void TestAwaitsPane::aCycleIsAWarning()
{
    Fixture f;
    f.named(1, "hen");
    f.named(2, "egg");
    f.waits(1, WaitKind::Join, 2);
    f.session.script.commit();
    QTRY_COMPARE(f.lines().size(), 2);
    QVERIFY(!f.pane.corner()->findChild<QLabel *>("awaitCycles")->isVisible());
    f.waits(2, WaitKind::Join, 1);
    f.session.script.commit();
    QTRY_COMPARE(
        f.lines(),
        (QStringList {"⚠ hen: waits for egg", "  ⚠ egg: waits for hen",
                      "    ⚠ hen again: waits for itself: none of these tasks can go on; cancel one"}));
    QCOMPARE(f.label("awaitCycles"), "⚠ 1 cycle");
    QVERIFY(f.pane.corner()->findChild<QLabel *>("awaitCycles")->isVisible());
}

void TestAwaitsPane::aClickSelectsAndEnterShows()
{
    Fixture f;
    f.chain();
    QTRY_COMPARE(f.lines().size(), 2);
    QTest::mouseClick(f.pane.view()->viewport(), Qt::LeftButton, {}, f.at("fetch"));
    QCOMPARE(f.selection.task(), TaskId {1});
    QTest::keyClick(f.pane.view(), Qt::Key_Up);
    QCOMPARE(f.selection.task(), TaskId {2});
    const QSignalSpy revealed(&f.selection, &Selection::revealed);
    QTest::keyClick(f.pane.view(), Qt::Key_Return);
    QCOMPARE(revealed.size(), 1);
    QCOMPARE(revealed[0][0].value<TaskId>(), TaskId {2});
}

void TestAwaitsPane::theSelectedTaskIsTheCurrentLine()
{
    Fixture f;
    f.chain();
    QTRY_COMPARE(f.lines().size(), 2);
    f.selection.select(TaskId {1});
    QVERIFY(f.pane.view()->currentItem());
    QCOMPARE(f.pane.view()->currentItem()->text(AwaitsPane::Task), "fetch");
    f.named(3, "another"); // the tree is built anew
    f.session.script.commit();
    QTRY_COMPARE(f.lines().size(), 3);
    QCOMPARE(f.pane.view()->currentItem()->text(AwaitsPane::Task), "fetch");
    QCOMPARE(f.selection.task(), TaskId {1});
    f.selection.clear();
    QVERIFY(!f.pane.view()->currentItem());
}

void TestAwaitsPane::whatIsCollapsedStaysSo()
{
    Fixture f;
    f.chain();
    QTRY_COMPARE(f.lines().size(), 2);
    QTest::mouseClick(f.pane.view()->viewport(), Qt::LeftButton, {}, f.at("report"));
    QTest::keyClick(f.pane.view(), Qt::Key_Left);
    QCOMPARE(f.lines(), QStringList {"report: waits for fetch"});
    f.named(3, "another");
    f.session.script.commit();
    QTRY_COMPARE(f.lines(), (QStringList {"report: waits for fetch", "another: not started"}));
    QTest::keyClick(f.pane.view(), Qt::Key_Right);
    QCOMPARE(f.lines().size(), 3);
}

QTEST_MAIN(TestAwaitsPane)
#include "tst_awaitspane.moc"
