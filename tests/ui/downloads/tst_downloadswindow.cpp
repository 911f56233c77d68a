// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The whole window on a queue that the test fills: tab, menu, clipboard, quitting.
#include "tests/support/downloadqueue.h"
#include "tests/support/fakesession.h"
#include "ui/downloads/batchend.h"
#include "ui/downloads/clipboardwatch.h"
#include "ui/downloads/downloadsmenu.h"
#include "ui/downloads/downloadview.h"
#include "ui/launch/downloaddialog.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::ui;
using tests::downloadItem;
using tests::DownloadQueue;
using tests::FakeSession;

class TestDownloadsWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void theTabCountsWhatIsUnfinished();
    void aSessionWithoutAQueueHasNoTabAndNoMenu();
    void pastedLinksOpenTheDialog();
    void pastingIntoAFieldIsPasting();
    void whatWasAddedIsShownAndSelected();
    void copiedLinksAreOfferedOnlyWhenWanted();
    void onlyLinksAreLinks_data();
    void onlyLinksAreLinks();
    void theFindFieldFiltersDownloads();
    void theWindowsCancelMeansTheTableWithTheFocus();
    void removeIsUndoneByKey();
    void theLimitsAreSet();
    void goingOnAtTheNextStartIsChosen();
    void quittingWithTransfersAsks();
    void quittingCanBeAgreedToForever();
    void quittingWithoutTransfersDoesNotAsk();
    void whatIsChosenForTheEndIsNotRemembered();
    void allOfTheMenuHasWordsAndKeysAreOnce();
    void nothingIsCutInASmallWindow();

private:
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_window->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the window has no %s", name);
        return widget;
    }
    void open()
    {
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
    }
    DownloadView *view() const { return m_window->findChild<DownloadView *>("downloads"); }
    void showTab() { press(Qt::Key_4, Qt::AltModifier); }
    DownloadDialog *addDialog() const
    {
        for (auto *dialog : m_window->findChildren<DownloadDialog *>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    QMessageBox *question() const
    {
        auto *box = m_window->findChild<QMessageBox *>("quitQuestion");
        return box && box->isVisible() ? box : nullptr;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeSession> m_session;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<MainWindow> m_window;
};

void TestDownloadsWindow::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
    m_settings->setValue("launch/folder", m_folder.path());
    m_session = std::make_unique<FakeSession>();
    m_queue = std::make_unique<DownloadQueue>(m_session->list);
    open();
}

void TestDownloadsWindow::cleanup()
{
    m_window.reset();
    m_queue.reset();
    m_session.reset();
    m_settings->clear();
}

void TestDownloadsWindow::theTabCountsWhatIsUnfinished()
{
    auto *tabs = find<QTabBar>("paneTabs");
    QCOMPARE(tabs->tabText(3), "Downloads");
    QCOMPARE(tabs->tabText(4), "Console");
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b", ItemState::Active),
                  downloadItem(3, "c", ItemState::Done)});
    QCOMPARE(tabs->tabText(3), "Downloads 2");
    m_queue->put({downloadItem(1, "a", ItemState::Done), downloadItem(2, "b", ItemState::Failed)});
    QCOMPARE(tabs->tabText(3), "Downloads");
    showTab();
    QVERIFY(view()->isVisible() && view()->hasFocus());
}

void TestDownloadsWindow::aSessionWithoutAQueueHasNoTabAndNoMenu()
{
    m_window.reset();
    m_session->hasQueue = false;
    open();
    auto *tabs = find<QTabBar>("paneTabs");
    QCOMPARE(tabs->count(), 8);
    for (int tab = 0; tab < tabs->count(); ++tab)
        QVERIFY(!tabs->tabText(tab).startsWith("Downloads"));
    QVERIFY(!m_window->findChild<QAction *>("pasteLinks"));
}

void TestDownloadsWindow::pastedLinksOpenTheDialog()
{
    QGuiApplication::clipboard()->setText("https://a.org/1.iso\nhttps://a.org/2.iso");
    press(Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY(addDialog());
    QCOMPARE(addDialog()->findChild<QPlainTextEdit *>("url")->toPlainText(),
             "https://a.org/1.iso\nhttps://a.org/2.iso");
    QVERIFY(m_session->posted.empty());
    QTest::keyClick(addDialog(), Qt::Key_Escape);
    QTRY_VERIFY(!addDialog());
    QGuiApplication::clipboard()->clear();
    press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(!addDialog());
    QVERIFY(m_window->statusBar()->currentMessage().contains("no link"));
}

void TestDownloadsWindow::pastingIntoAFieldIsPasting()
{
    QGuiApplication::clipboard()->setText("https://a.org/1.iso");
    press(Qt::Key_F, Qt::ControlModifier);
    auto *field = find<QLineEdit>("findField");
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(field->text(), "https://a.org/1.iso");
    QVERIFY(!addDialog());
}

void TestDownloadsWindow::whatWasAddedIsShownAndSelected()
{
    m_queue->put({downloadItem(1, "old")});
    m_window->openDownload("https://a.org/1.iso");
    QVERIFY(addDialog());
    auto *urls = addDialog()->findChild<QPlainTextEdit *>("url");
    QTest::keyClick(urls, Qt::Key_Return);
    QTRY_VERIFY(!addDialog());
    QCOMPARE(m_session->onlyDownload<Add>().requests.at(0).url(), QUrl("https://a.org/1.iso"));
    QVERIFY(view()->isVisible());
    m_queue->put({downloadItem(2, "1.iso")});
    QCOMPARE(view()->selectedItems(), std::vector<ItemId> {{2}});
    // Its lane is selected as soon as there is one.
    Item running = downloadItem(2, "1.iso", ItemState::Active);
    running.task = TaskId {9};
    m_queue->put({running});
    QCOMPARE(m_window->selection().task(), TaskId {9});
}

void TestDownloadsWindow::copiedLinksAreOfferedOnlyWhenWanted()
{
    auto *offer = find<QPushButton>("clipboardOffer");
    auto *toggle = find<QAction>("watchClipboard");
    QVERIFY(!toggle->isChecked());
    // The test's own clipboard is this program's: the watch itself is asked.
    auto *watch = m_window->findChild<ClipboardWatch *>();
    QVERIFY(!watch->isActive());
    toggle->trigger();
    QVERIFY(watch->isActive());
    emit watch->copied("https://a.org/1.iso", 1);
    QVERIFY(offer->isVisible());
    QVERIFY2(offer->text().contains("link was copied"), qPrintable(offer->text()));
    QVERIFY(!addDialog() && m_session->posted.empty());
    QTest::mouseClick(offer, Qt::LeftButton);
    QVERIFY(addDialog());
    QVERIFY(!offer->isVisible());
    m_window.reset();
    open();
    QVERIFY(find<QAction>("watchClipboard")->isChecked()); // remembered
}

void TestDownloadsWindow::onlyLinksAreLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << "https://a.org/1.iso" << 1;
    QTest::newRow("lines") << " https://a.org/1.iso\nhttp://b.org/2 \n" << 2;
    QTest::newRow("prose") << "see https://a.org/1.iso" << 0;
    QTest::newRow("mail") << "mailto:me@example.org" << 0;
    QTest::newRow("path") << "/etc/passwd" << 0;
    QTest::newRow("empty") << "" << 0;
}

void TestDownloadsWindow::onlyLinksAreLinks()
{
    QFETCH(QString, text);
    QFETCH(int, count);
    QCOMPARE(linksIn(text).size(), count);
}

void TestDownloadsWindow::theFindFieldFiltersDownloads()
{
    m_queue->put({downloadItem(1, "a.iso"), downloadItem(2, "b.zip")});
    showTab();
    press(Qt::Key_F, Qt::ControlModifier);
    auto *field = find<QLineEdit>("findField");
    QTest::keyClicks(field, "zip");
    QVERIFY(view()->isVisible());
    QCOMPARE(view()->model()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(view()->selectedItems(), std::vector<ItemId> {{2}});
}

void TestDownloadsWindow::theWindowsCancelMeansTheTableWithTheFocus()
{
    m_queue->put({downloadItem(1, "a", ItemState::Active), downloadItem(2, "b", ItemState::Failed)});
    showTab();
    view()->selectRow(0);
    press(Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(m_session->onlyDownload<Cancel>().items, std::vector<ItemId> {{1}});
    view()->selectRow(1);
    press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_session->onlyDownload<Retry>().items, std::vector<ItemId> {{2}});
}

void TestDownloadsWindow::removeIsUndoneByKey()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b")});
    showTab();
    view()->selectRow(0);
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_session->posted.empty());
    press(Qt::Key_Delete);
    m_session->onlyDownload<Remove>();
    m_queue->remove({{1}});
    press(Qt::Key_Z, Qt::ControlModifier);
    m_session->onlyDownload<UndoRemove>();
}

void TestDownloadsWindow::theLimitsAreSet()
{
    m_queue->tell();
    find<QAction>("queueSettingsAction")->trigger();
    auto *dialog = find<QDialog>("queueSettings");
    QCOMPARE(dialog->findChild<QSpinBox *>("transfers")->value(), 16);
    QCOMPARE(dialog->findChild<QSpinBox *>("perHost")->value(), 6);
    dialog->findChild<QSpinBox *>("transfers")->setValue(4);
    dialog->findChild<QComboBox *>("totalRate")->setEditText("1.5M");
    QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    QCOMPARE(m_session->onlyDownload<SetLimits>().limits,
             (Limits {.transfers = 4, .perHost = 6, .bytesPerSecond = 1'500'000}));
}

void TestDownloadsWindow::goingOnAtTheNextStartIsChosen()
{
    QVERIFY(m_settings->value("downloads/resumeOnStart", true).toBool());
    find<QAction>("queueSettingsAction")->trigger();
    auto *dialog = find<QDialog>("queueSettings");
    dialog->findChild<QComboBox *>("atStart")->setCurrentIndex(1);
    QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    QVERIFY(!m_settings->value("downloads/resumeOnStart", true).toBool());
    QVERIFY(m_session->posted.empty());
}

void TestDownloadsWindow::quittingWithTransfersAsks()
{
    Item demo = downloadItem(3, "demo", ItemState::Active);
    demo.isLasting = false;
    m_queue->put({downloadItem(1, "a", ItemState::Active), downloadItem(2, "b", ItemState::Waiting), demo});
    m_window->close();
    QVERIFY(m_window->isVisible());
    QTRY_VERIFY(question());
    QVERIFY2(question()->text().startsWith("2 downloads"), qPrintable(question()->text()));
    QTest::keyClick(question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    QVERIFY(m_window->isVisible());
    m_window->close();
    QTRY_VERIFY(question());
    QTest::mouseClick(question()->findChild<QPushButton *>("quitAndKeep"), Qt::LeftButton);
    QTRY_VERIFY(!m_window->isVisible());
    m_window->show();
    m_window->closeUnasked();
    QVERIFY(!m_window->isVisible());
}

void TestDownloadsWindow::quittingCanBeAgreedToForever()
{
    m_queue->put({downloadItem(1, "a", ItemState::Active)});
    m_window->close();
    QTRY_VERIFY(question());
    question()->checkBox()->setChecked(true);
    QTest::mouseClick(question()->findChild<QPushButton *>("quitAndKeep"), Qt::LeftButton);
    QTRY_VERIFY(!m_window->isVisible());
    open();
    m_window->close();
    QVERIFY(!m_window->isVisible());
}

void TestDownloadsWindow::quittingWithoutTransfersDoesNotAsk()
{
    m_queue->put({downloadItem(1, "a", ItemState::Paused), downloadItem(2, "b", ItemState::Done)});
    m_window->close();
    QVERIFY(!m_window->isVisible());
}

void TestDownloadsWindow::whatIsChosenForTheEndIsNotRemembered()
{
    find<QAction>("endAction3")->trigger();
    QVERIFY(m_window->findChild<BatchEnd *>()->action() == EndAction::ShutDown);
    m_window->close();
    open();
    QVERIFY(find<QAction>("endAction0")->isChecked());
    QVERIFY(m_window->findChild<BatchEnd *>()->action() == EndAction::Nothing);
}

/// Two actions with one key are none, where both can hear it.
void TestDownloadsWindow::allOfTheMenuHasWordsAndKeysAreOnce()
{
    QMap<QString, QString> keys;
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        const QString key = action->shortcut().toString();
        if (key.isEmpty())
            continue;
        QVERIFY2(!action->text().isEmpty(), qPrintable(key));
        QVERIFY2(!keys.contains(key), qPrintable(key + " is " + action->text() + " and " + keys.value(key)));
        keys.insert(key, action->text());
    }
    QVERIFY(keys.contains("Del") && keys.contains("Ctrl+V") && keys.contains("Alt+Up"));
}

void TestDownloadsWindow::nothingIsCutInASmallWindow()
{
    m_queue->put({downloadItem(1, "a", ItemState::Active)});
    showTab();
    m_window->resize(800, 600);
    QTRY_COMPARE(m_window->size(), QSize(800, 600));
    for (const char *name :
         {"speedLimit", "pauseAllButton", "resumeAllButton", "downloadTotals", "paneTabs"}) {
        const auto *widget = find<QWidget>(name);
        QVERIFY2(widget->isVisible() && widget->visibleRegion().boundingRect() == widget->rect(), name);
        QVERIFY2(widget->width() >= widget->minimumSizeHint().width(), name);
    }
    QVERIFY(view()->height() > 2 * view()->rowHeight(0));
}

QTEST_MAIN(TestDownloadsWindow)
#include "tst_downloadswindow.moc"
