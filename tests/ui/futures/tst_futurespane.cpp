// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/futures/futuremodel.h"
#include "ui/futures/futurespane.h"
#include "ui/pulse.h"
#include "ui/selection.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
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
    FuturesPane pane {session, pulse, selection};
    QAbstractItemModelTester tester {pane.view()->model()};

    Fixture()
    {
        pane.resize(900, 300);
        pane.show();
    }
    /// A task that waits for the future 7, which can be set by hand.
    void waitingTask()
    {
        session.script.created(1).text(1, trace::TextKind::Name, "reader").resumed(1);
        session.future(7, "answer", "int", 1)
            .script.after(10us)
            .suspended(1, trace::WaitKind::Future, 7)
            .commit();
    }
    QString cell(int row, int column) const
    {
        return pane.view()->model()->index(row, column).data().toString();
    }
    template<class Widget>
    Widget *find(const char *name)
    {
        return pane.findChild<Widget *>(QLatin1String(name));
    }
};

} // namespace

class TestFuturesPane : public QObject
{
    Q_OBJECT
private slots:
    void aPendingFutureSaysWhoAwaitsItAndCanBeSet();
    void aTypedValueIsPostedAndARejectionIsShownUnderTheField();
    void anExceptionAndACancellationArePosted();
    void aResolvedFutureShowsItsWholeResult();
    void withoutCommandsNothingCanBeSet();
    void theNumberOfPendingFuturesIsAnnounced();
};

void TestFuturesPane::aPendingFutureSaysWhoAwaitsItAndCanBeSet()
{
    Fixture f;
    QCOMPARE(f.find<QLabel>("futureTitle")->text(), "No future selected");
    f.waitingTask();
    QTRY_COMPARE(f.pane.view()->model()->rowCount(), 1);
    QCOMPARE(f.cell(0, FutureModel::State), "pending");
    QCOMPARE(f.cell(0, FutureModel::Name), "answer");
    QCOMPARE(f.cell(0, FutureModel::Type), "int");
    QCOMPARE(f.cell(0, FutureModel::Awaiting), "reader");
    QTRY_COMPARE(f.find<QLabel>("futureTitle")->text(), "answer");
    QVERIFY(f.find<QLineEdit>("futureValue")->isVisible());
    QVERIFY(f.find<QPushButton>("cancelFuture")->isVisible());
}

void TestFuturesPane::aTypedValueIsPostedAndARejectionIsShownUnderTheField()
{
    Fixture f;
    f.waitingTask();
    auto *value = f.find<QLineEdit>("futureValue");
    QTRY_VERIFY(value->isVisible());
    QTest::keyClicks(value, "fourty");
    QTest::keyClick(value, Qt::Key_Return);
    QCOMPARE(f.session.only<tasks::SetFutureResult>().value, "fourty");
    QCOMPARE(f.session.only<tasks::SetFutureResult>().future, FutureId {7});
    auto *error = f.find<QLabel>("futureError");
    QVERIFY(!error->isVisible());
    emit f.session.rejected("“fourty” is no int.");
    QVERIFY(error->isVisible());
    QCOMPARE(error->text(), "“fourty” is no int.");
    QTest::keyClicks(value, "4");
    QVERIFY(!error->isVisible());
    emit f.session.rejected("Something else went wrong."); // not ours
    QVERIFY(!error->isVisible());
}

void TestFuturesPane::anExceptionAndACancellationArePosted()
{
    Fixture f;
    f.waitingTask();
    QTRY_VERIFY(f.find<QLineEdit>("futureMessage")->isVisible());
    QTest::keyClicks(f.find<QLineEdit>("futureMessage"), "no answer");
    QTest::mouseClick(f.find<QPushButton>("setException"), Qt::LeftButton);
    QCOMPARE(f.session.only<tasks::SetFutureException>().message, "no answer");
    QTest::mouseClick(f.find<QPushButton>("cancelFuture"), Qt::LeftButton);
    QCOMPARE(f.session.only<tasks::CancelFuture>().future, FutureId {7});
}

void TestFuturesPane::aResolvedFutureShowsItsWholeResult()
{
    Fixture f;
    f.waitingTask();
    const QString result = QString("line\n").repeated(300) + "the end";
    f.session.script.text(7, trace::TextKind::FutureResult, result);
    f.session.script.put(7, trace::EventType::FutureResolved, {}, std::uint16_t(trace::Outcome::Done), 1, 0)
        .commit();
    auto *text = f.find<QPlainTextEdit>("futureText");
    QTRY_VERIFY(text->isVisible());
    QCOMPARE(text->toPlainText(), result);
    QVERIFY(!f.find<QLineEdit>("futureValue")->isVisible());
    QCOMPARE(f.cell(0, FutureModel::State), "done");
}

void TestFuturesPane::withoutCommandsNothingCanBeSet()
{
    Fixture f;
    f.session.commands = false;
    f.waitingTask();
    QTRY_COMPARE(f.find<QLabel>("futureTitle")->text(), "answer");
    QVERIFY(!f.find<QLineEdit>("futureValue")->isVisible());
}

void TestFuturesPane::theNumberOfPendingFuturesIsAnnounced()
{
    Fixture f;
    QSignalSpy announced(&f.pane, &FuturesPane::pendingCountChanged);
    f.waitingTask();
    QTRY_COMPARE(announced.size(), 1);
    QCOMPARE(announced[0][0].toInt(), 1);
    f.session.script
        .put(7, trace::EventType::FutureResolved, {}, std::uint16_t(trace::Outcome::Cancelled), 0, 0)
        .commit();
    QTRY_COMPARE(announced.size(), 2);
    QCOMPARE(announced[1][0].toInt(), 0);
}

QTEST_MAIN(TestFuturesPane)
#include "tst_futurespane.moc"
