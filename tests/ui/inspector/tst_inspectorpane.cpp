// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/progressstrip.h"
#include "ui/pulse.h"
#include "ui/selection.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTreeWidget>
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
    InspectorPane pane {session.store(), pulse, selection};

    Fixture()
    {
        pane.resize(320, 700);
        pane.show();
    }
    QString label(const char *name) const
    {
        const auto *found = pane.findChild<QLabel *>(QLatin1String(name));
        return found && found->isVisible() ? QString(found->text()).remove(QChar(0x200b)) : QString();
    }
};

QStringList texts(const QTreeWidgetItem *item)
{
    QStringList all {item->text(0)};
    for (int i = 0; i < item->childCount(); ++i)
        all << texts(item->child(i));
    return all;
}

} // namespace

class TestInspectorPane : public QObject
{
    Q_OBJECT
private slots:
    void withoutASelectionItSaysWhatToDo();
    void theFactsOfATaskAreShown();
    void theAwaitChainGoesFromTheTopToTheLeafAndIsClicked();
    void progressHasItsRateAndTheTimeLeft();
    void theErrorIsShownWhole();
    void printedLinesOfTheTaskAloneAreShown();
};

void TestInspectorPane::withoutASelectionItSaysWhatToDo()
{
    Fixture f;
    bool said = false;
    for (const auto *label : f.pane.findChildren<QLabel *>())
        said |= label->isVisible() && label->text().startsWith("No task selected");
    QVERIFY(said);
}

void TestInspectorPane::theFactsOfATaskAreShown()
{
    Fixture f;
    const auto function = f.session.store().addLocation({"download(Spec)", "core/tasks/download.cpp", 88});
    const auto site = f.session.store().addLocation({"download(Spec)", "core/tasks/download.cpp", 131});
    f.session.script.created(1).text(1, trace::TextKind::Name, "batch").resumed(1);
    f.session.script.created(2, 1, trace::EntityKind::Spawned, function)
        .text(2, trace::TextKind::Name, "GET a");
    f.session.script.suspended(1, trace::WaitKind::Sleep, 1).resumed(2).after(1ms);
    f.session.script.suspended(2, trace::WaitKind::Sleep, 5'000'000'000, site).after(9ms).commit();
    f.selection.select(TaskId {2});
    QCOMPARE(f.label("inspectorTitle"), "GET a");
    QCOMPARE(f.label("inspectorSubtitle"), "task · task 2 · child of batch");
    QVERIFY2(f.label("state").startsWith("suspended on timer 5"), qPrintable(f.label("state")));
    QVERIFY2(f.label("shares").startsWith(QString::fromUtf8("10\u00a0%")), qPrintable(f.label("shares")));
    QVERIFY2(f.label("polls").startsWith("1 · p50 "), qPrintable(f.label("polls")));
    QCOMPARE(f.label("creator"), "batch");
    QCOMPARE(f.label("location"), "download(Spec) · download.cpp:88");
    QCOMPARE(f.label("site"), "download.cpp:131");
}

void TestInspectorPane::theAwaitChainGoesFromTheTopToTheLeafAndIsClicked()
{
    Fixture f;
    f.session.script.created(1).text(1, trace::TextKind::Name, "outer").resumed(1);
    f.session.script.created(2, 1, trace::EntityKind::Coroutine)
        .text(2, trace::TextKind::Name, "inner")
        .resumed(2);
    f.session.script.suspended(2, trace::WaitKind::Sleep, 1'000'000'000);
    f.session.script.suspended(1, trace::WaitKind::Task, 2).commit();
    f.selection.select(TaskId {2});
    auto *tree = f.pane.findChild<QTreeWidget *>("awaits");
    QCOMPARE(tree->topLevelItemCount(), 1);
    const QStringList lines = texts(tree->topLevelItem(0));
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], "outer");
    QVERIFY(lines[1].endsWith("inner"));
    QVERIFY2(lines[2].contains("timer"), qPrintable(lines[2]));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualItemRect(tree->topLevelItem(0)).center());
    QCOMPARE(f.selection.task(), TaskId {1});
    QTRY_COMPARE(f.label("inspectorTitle"), "outer");
}

void TestInspectorPane::progressHasItsRateAndTheTimeLeft()
{
    Fixture f;
    const auto done = [&f](std::uint64_t bytes) {
        f.session.script.put(1, trace::EventType::Progress, {}, std::uint16_t(trace::ProgressUnit::Bytes),
                             bytes, 100'000'000);
        f.session.script.commit();
    };
    f.session.sleeper(1, "GET a", "download");
    done(10'000'000);
    f.selection.select(TaskId {1});
    auto *strip = f.pane.findChild<ProgressStrip *>("progress");
    QVERIFY(strip->isVisible());
    f.session.script.after(1s);
    done(30'000'000);
    QTRY_COMPARE(strip->text(), "30.0 of 100.0 MB · 20.0 MB/s · 3.50 s left");
}

void TestInspectorPane::theErrorIsShownWhole()
{
    Fixture f;
    const QString error = "404 Not Found\n" + QString("details ").repeated(200);
    f.session.sleeper(1, "GET a").end(1, trace::Outcome::Failed, error).script.commit();
    f.selection.select(TaskId {1});
    auto *block = f.pane.findChild<QWidget *>("outcome");
    QVERIFY(block->isVisible());
    QCOMPARE(block->findChild<QPlainTextEdit *>()->toPlainText(), error);
    QVERIFY(f.label("state").startsWith("failed after"));
}

void TestInspectorPane::printedLinesOfTheTaskAloneAreShown()
{
    Fixture f;
    f.session.sleeper(1, "one").sleeper(2, "two");
    f.session.script.text(1, trace::TextKind::Print, "mine")
        .text(2, trace::TextKind::Print, "not mine")
        .commit();
    f.selection.select(TaskId {1});
    auto *block = f.pane.findChild<QWidget *>("printed");
    QCOMPARE(block->findChild<QPlainTextEdit *>()->toPlainText(), "mine");
    f.session.script.text(1, trace::TextKind::Print, "again").commit();
    QTRY_COMPARE(block->findChild<QPlainTextEdit *>()->toPlainText(), "mine\nagain");
    f.selection.select(TaskId {2});
    QCOMPARE(block->findChild<QPlainTextEdit *>()->toPlainText(), "not mine");
}

QTEST_MAIN(TestInspectorPane)
#include "tst_inspectorpane.moc"
