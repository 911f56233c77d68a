// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// What follows from the queue's state: the computer kept awake, the notification, what was chosen for the
// end.
#include "tests/support/downloadqueue.h"
#include "ui/downloads/batchend.h"
#include "ui/downloads/countdown.h"
#include "ui/downloads/notifier.h"
#include "ui/downloads/power.h"
#include "ui/downloads/sleepinhibitor.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::ui;
using tests::downloadItem;
using tests::DownloadQueue;

namespace {

struct FakePower : Power
{
    void hold(bool on) override { calls << (on ? "hold" : "let go"); }
    void suspend() override { calls << "suspend"; }
    void powerOff() override { calls << "power off"; }
    QStringList calls;
};

struct FakeNotifier : Notifier
{
    void show(const QString &, const QString &text) override { texts << text; }
    QStringList texts;
};

} // namespace

class TestBatchEnd : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void theComputerIsKeptAwakeWhileTransfersRun();
    void theEndIsToldWithItsFigures();
    void aPersonWhoLooksIsNotNotified();
    void pausingAllIsNoEnd();
    void nothingIsDoneUnlessChosen();
    void whatWasChosenIsDoneOnceAfterTheCountdown_data();
    void whatWasChosenIsDoneOnceAfterTheCountdown();
    void theCountdownCanBeCancelled();
    void aNewDownloadEndsTheCountdown();
    void withPausedOnesNothingIsDone();

private:
    void run() { m_queue->put({downloadItem(1, "a", ItemState::Active), downloadItem(2, "b")}); }
    void finish(ItemState second = ItemState::Done)
    {
        m_queue->put({downloadItem(1, "a", ItemState::Done), downloadItem(2, "b", second)});
    }
    Countdown *countdown() const
    {
        for (auto *dialog : m_window->findChildren<Countdown *>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }

    std::unique_ptr<DownloadList> m_list;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<FakePower> m_power;
    std::unique_ptr<FakeNotifier> m_notifier;
    std::unique_ptr<QWidget> m_window;
    BatchEnd *m_end = nullptr;
};

void TestBatchEnd::init()
{
    m_list = std::make_unique<DownloadList>();
    m_queue = std::make_unique<DownloadQueue>(*m_list);
    m_power = std::make_unique<FakePower>();
    m_notifier = std::make_unique<FakeNotifier>();
    m_window = std::make_unique<QWidget>();
    m_end = new BatchEnd(*m_list, *m_notifier, *m_power, m_window.get());
    m_end->setCountdown(std::chrono::seconds(1));
}

void TestBatchEnd::cleanup()
{
    m_window.reset();
    m_queue.reset();
    m_list.reset();
}

void TestBatchEnd::theComputerIsKeptAwakeWhileTransfersRun()
{
    const SleepInhibitor inhibitor(*m_list, *m_power);
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b")});
    QVERIFY(m_power->calls.isEmpty());
    m_queue->put({downloadItem(1, "a", ItemState::Active)});
    m_queue->put({downloadItem(2, "b", ItemState::Active)});
    QCOMPARE(m_power->calls, QStringList {"hold"});
    m_queue->put({downloadItem(1, "a", ItemState::Paused), downloadItem(2, "b", ItemState::Failed)});
    QCOMPARE(m_power->calls, (QStringList {"hold", "let go"}));
}

void TestBatchEnd::theEndIsToldWithItsFigures()
{
    QSignalSpy said(m_end, &BatchEnd::said);
    run();
    finish(ItemState::Failed);
    QCOMPARE(said.size(), 1);
    QCOMPARE(said[0][0].toString(), "Downloads ended: 1 done, 1 failed.");
    QCOMPARE(m_notifier->texts, QStringList {"1 done, 1 failed"});
}

void TestBatchEnd::aPersonWhoLooksIsNotNotified()
{
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QSignalSpy said(m_end, &BatchEnd::said);
    run();
    finish();
    QCOMPARE(said.size(), 1);
    QVERIFY(m_notifier->texts.isEmpty());
}

void TestBatchEnd::pausingAllIsNoEnd()
{
    m_end->setAction(EndAction::ShutDown);
    QSignalSpy said(m_end, &BatchEnd::said);
    run();
    m_queue->put({downloadItem(1, "a", ItemState::Paused), downloadItem(2, "b", ItemState::Paused)});
    QCOMPARE(said.size(), 0);
    QVERIFY(m_notifier->texts.isEmpty() && !countdown());
}

void TestBatchEnd::nothingIsDoneUnlessChosen()
{
    run();
    finish();
    QVERIFY(!countdown());
}

void TestBatchEnd::whatWasChosenIsDoneOnceAfterTheCountdown_data()
{
    QTest::addColumn<EndAction>("action");
    QTest::addColumn<QString>("call");
    QTest::newRow("quit") << EndAction::Quit << "";
    QTest::newRow("suspend") << EndAction::Suspend << "suspend";
    QTest::newRow("shut down") << EndAction::ShutDown << "power off";
}

void TestBatchEnd::whatWasChosenIsDoneOnceAfterTheCountdown()
{
    QFETCH(EndAction, action);
    QFETCH(QString, call);
    QSignalSpy quit(m_end, &BatchEnd::quitWanted);
    m_window->show();
    m_end->setAction(action);
    run();
    finish();
    QVERIFY(countdown());
    QVERIFY(countdown()->findChild<QLabel *>()->text().contains("1 s"));
    QVERIFY(m_power->calls.isEmpty() && quit.isEmpty());
    QTRY_COMPARE(m_power->calls, call.isEmpty() ? QStringList {} : QStringList {call});
    QTRY_COMPARE(quit.size(), call.isEmpty() ? 1 : 0);
    QVERIFY(m_end->action() == EndAction::Nothing);
    QTRY_VERIFY(!countdown());
    m_queue->put({downloadItem(3, "c", ItemState::Active)});
    m_queue->put({downloadItem(3, "c", ItemState::Done)});
    QVERIFY(!countdown());
}

void TestBatchEnd::theCountdownCanBeCancelled()
{
    m_window->show();
    m_end->setCountdown(std::chrono::seconds(30));
    m_end->setAction(EndAction::ShutDown);
    run();
    finish();
    QVERIFY(countdown());
    QTest::keyClick(countdown(), Qt::Key_Return); // the button that loses nothing
    QTRY_VERIFY(!countdown());
    QVERIFY(m_power->calls.isEmpty());
}

void TestBatchEnd::aNewDownloadEndsTheCountdown()
{
    m_window->show();
    m_end->setCountdown(std::chrono::seconds(30));
    m_end->setAction(EndAction::Suspend);
    run();
    finish();
    QVERIFY(countdown());
    m_queue->put({downloadItem(3, "c")});
    QVERIFY(!countdown());
    m_queue->put({downloadItem(3, "c", ItemState::Done)});
    QVERIFY(countdown()); // it still is what was chosen
}

void TestBatchEnd::withPausedOnesNothingIsDone()
{
    m_window->show();
    m_end->setAction(EndAction::ShutDown);
    run();
    finish(ItemState::Paused);
    QVERIFY(!countdown());
    QCOMPARE(m_notifier->texts.size(), m_window->isActiveWindow() ? 0 : 1);
}

QTEST_MAIN(TestBatchEnd)
#include "tst_batchend.moc"
