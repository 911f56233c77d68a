// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/console/consolepane.h"
#include "ui/pulse.h"
#include "ui/selection.h"

#include <QCheckBox>
#include <QPushButton>
#include <QScrollBar>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::FakeSession;

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    ConsolePane pane {session.store(), pulse, selection};

    Fixture()
    {
        pane.resize(600, 200);
        pane.show();
        session.sleeper(1, "one").sleeper(2, "two");
    }
    void print(std::uint32_t task, const QString &line)
    {
        session.script.after(1ms).text(task, trace::TextKind::Print, line).commit();
    }
    QStringList lines() const { return pane.toPlainText().split('\n', Qt::SkipEmptyParts); }
};

} // namespace

class TestConsolePane : public QObject
{
    Q_OBJECT
private slots:
    void printedLinesComeWithTimeAndTask();
    void noticesStandAmongThem();
    void theSelectedTaskAloneCanBeShown();
    void clearedLinesDoNotComeBack();
    void itFollowsUnlessScrolledUp();
};

void TestConsolePane::printedLinesComeWithTimeAndTask()
{
    Fixture f;
    f.print(1, "hello");
    f.print(2, "world");
    QTRY_COMPARE(f.lines().size(), 2);
    QVERIFY2(f.lines()[0].contains("one") && f.lines()[0].endsWith("hello"), qPrintable(f.lines()[0]));
    QVERIFY2(f.lines()[1].contains("2 ms") && f.lines()[1].endsWith("world"), qPrintable(f.lines()[1]));
}

void TestConsolePane::noticesStandAmongThem()
{
    Fixture f;
    f.print(1, "hello");
    f.pane.addNotice("a server was started");
    f.print(2, "world");
    QTRY_COMPARE(f.lines().size(), 3);
    QVERIFY2(f.lines()[1].contains("a server was started"), qPrintable(f.lines()[1]));
}

void TestConsolePane::theSelectedTaskAloneCanBeShown()
{
    Fixture f;
    f.print(1, "hello");
    f.print(2, "world");
    f.selection.select(TaskId {2});
    f.pane.corner()->findChild<QCheckBox *>("onlySelected")->setChecked(true);
    QCOMPARE(f.lines().size(), 1);
    QVERIFY(f.lines()[0].endsWith("world"));
    f.selection.select(TaskId {1});
    QVERIFY(f.lines()[0].endsWith("hello"));
    f.print(1, "again");
    QTRY_COMPARE(f.lines().size(), 2);
}

void TestConsolePane::clearedLinesDoNotComeBack()
{
    Fixture f;
    f.print(1, "hello");
    QTRY_COMPARE(f.lines().size(), 1);
    f.pane.corner()->findChild<QPushButton *>("clearConsole")->click();
    QVERIFY(f.lines().isEmpty());
    f.print(1, "again");
    QTRY_COMPARE(f.lines().size(), 1);
    QVERIFY(f.lines()[0].endsWith("again"));
}

void TestConsolePane::itFollowsUnlessScrolledUp()
{
    Fixture f;
    for (int i = 0; i < 100; ++i)
        f.session.script.text(1, trace::TextKind::Print, QStringLiteral("line %1").arg(i));
    f.session.script.commit();
    QTRY_COMPARE(f.lines().size(), 100);
    QScrollBar *bar = f.pane.verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(3);
    f.print(1, "one more");
    QTRY_COMPARE(f.lines().size(), 101);
    QCOMPARE(bar->value(), 3);
}

QTEST_MAIN(TestConsolePane)
#include "tst_consolepane.moc"
