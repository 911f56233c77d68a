// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The pane on a queue that the test fills: what it shows, and what mouse and keys post.
#include "tests/support/cputime.h"
#include "tests/support/downloadqueue.h"
#include "tests/support/fakesession.h"
#include "ui/downloads/downloadcommands.h"
#include "ui/downloads/downloadmodel.h"
#include "ui/downloads/downloadspane.h"
#include "ui/downloads/downloadview.h"
#include "ui/downloads/loginbar.h"
#include "ui/downloads/ratebox.h"
#include "ui/downloads/totalsline.h"
#include "ui/selection.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QDateTimeEdit>
#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::downloadItem;
using tests::DownloadQueue;
using tests::FakeSession;

class TestDownloadsPane : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aRowSaysWhatIsKnownOfATransfer();
    void statesAreSaidInWords_data();
    void statesAreSaidInWords();
    void onlyFailuresAndUnverifiedCertificatesAreRed();
    void aTipShowsAServersWordsAsTheyAre();
    void theTotalsAreOneLine();
    void newRowsAreAppendedAndKeepTheSelection();
    void removedRowsLeaveTheOthersSelected();
    void onlyRowsThatChangedAreDrawnAnew();
    void aSortedTableKeepsUpButNotAtEveryChange();
    void theHeadsThirdClickBringsBackTheQueuesOrder();
    void theFilterLooksAtNamesHostsAndErrors();
    void aStateThatIsTurnedOffGoesAndComesBack();
    void theEmptyPaneSaysWhatToDo();
    void tenThousandRowsAreFluid();
    void aSelectedRowSelectsItsLaneAndTheOtherWayRound();
    void actionsAreOnWhereTheyMakeSense();
    void keysActOnTheSelectedRows();
    void rowsMoveUpAndDown();
    void rowsAreDragged();
    void aSortedTableHasNoOrderToChange();
    void removingOffersUndo();
    void removingWithTheFileAsksFirst();
    void enterOpensAFinishedFileAndShowsOthersOnTheTimeline();
    void urlsAndErrorsAreCopied();
    void theSpeedLimitIsTypedOrChosen();
    void aNewUrlIsChecked();
    void theSpeedOfSomeIsLimited();
    void aStartTimeIsSet();
    void aLoginIsAskedForOnceAHost();
    void aFaultOfTheQueueIsSaid();
    void columnsAndWidthsAreRemembered();

private:
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_pane->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the pane has no %s", name);
        return widget;
    }
    QAbstractItemModel *model() const { return m_pane->view()->model(); }
    QString cell(int row, DownloadColumn column) const
    {
        return model()->index(row, int(column)).data().toString();
    }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < model()->rowCount(); ++row)
            names << cell(row, DownloadColumn::Name);
        return names;
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        const QRect rect = m_pane->view()->visualRect(model()->index(row, 0));
        QTest::mouseClick(m_pane->view()->viewport(), Qt::LeftButton, modifiers, rect.center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_pane->activateWindow();
        m_pane->view()->setFocus();
        QTest::keyClick(m_pane->view(), key, modifiers);
    }
    const DownloadActions &actions() const { return m_pane->commands().actions(); }
    QDialog *dialog() const
    {
        for (QDialog *one : m_pane->findChildren<QDialog *>()) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    static QPushButton *ok(QDialog *dialog)
    {
        return dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }

    std::unique_ptr<FakeSession> m_session;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<DownloadsPane> m_pane;
};

void TestDownloadsPane::init()
{
    m_session = std::make_unique<FakeSession>();
    m_queue = std::make_unique<DownloadQueue>(m_session->list);
    m_selection = std::make_unique<Selection>();
    m_pane = std::make_unique<DownloadsPane>(*m_session, *m_selection);
    m_pane->resize(1300, 420);
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void TestDownloadsPane::cleanup()
{
    m_pane.reset();
    m_selection.reset();
    m_queue.reset();
    m_session.reset();
}

void TestDownloadsPane::aRowSaysWhatIsKnownOfATransfer()
{
    Item item = downloadItem(1, "debian.iso", ItemState::Active, "cdimage.debian.org");
    item.received = 48'200'000;
    item.total = 268'400'000;
    item.bytesPerSecond = 8'400'000;
    item.timeLeft = std::chrono::seconds(26);
    item.tries = 2;
    item.priority = 1;
    item.resumedFrom = 1'000'000;
    m_queue->put({item});
    QCOMPARE(cell(0, DownloadColumn::Name), "debian.iso");
    QCOMPARE(cell(0, DownloadColumn::Host), "cdimage.debian.org");
    QCOMPARE(cell(0, DownloadColumn::State), "downloading");
    QCOMPARE(cell(0, DownloadColumn::Done), "48.2 of 268.4 MB");
    QCOMPARE(cell(0, DownloadColumn::Progress), QStringLiteral("18\u00a0%"));
    QCOMPARE(cell(0, DownloadColumn::Speed), "8.4 MB/s");
    QCOMPARE(cell(0, DownloadColumn::TimeLeft), "26 s");
    QCOMPARE(cell(0, DownloadColumn::Tries), "2");
    QCOMPARE(cell(0, DownloadColumn::Priority), "high");
    QCOMPARE(cell(0, DownloadColumn::Remark), "resumed at 1.0 MB");
}

void TestDownloadsPane::statesAreSaidInWords_data()
{
    QTest::addColumn<Item>("item");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, Item item, const QString &words) {
        QTest::newRow(name) << item << words;
    };
    row("queued", downloadItem(1, "a"), "queued");
    row("connecting", downloadItem(1, "a", ItemState::Active), "connecting");
    row("paused", downloadItem(1, "a", ItemState::Paused), "paused");
    row("done", downloadItem(1, "a", ItemState::Done), "done");
    row("failed", downloadItem(1, "a", ItemState::Failed), "failed");
    row("cancelled", downloadItem(1, "a", ItemState::Cancelled), "cancelled");
    Item full = downloadItem(1, "a", ItemState::Paused);
    full.pauseReason = PauseReason::DiskFull;
    row("disk full", full, "paused, disk full");
    Item login = downloadItem(1, "a", ItemState::Paused);
    login.pauseReason = PauseReason::NeedsLogin;
    row("login", login, "needs a login");
    Item waiting = downloadItem(1, "a", ItemState::Waiting);
    waiting.nextStart = QDateTime::currentDateTimeUtc().addSecs(100);
    row("waiting", waiting, "next try in 1 min ");
    Item scheduled = downloadItem(1, "a", ItemState::Scheduled);
    scheduled.nextStart = QDateTime::currentDateTimeUtc().addDays(3);
    row("scheduled", scheduled, "starts ");
}

void TestDownloadsPane::statesAreSaidInWords()
{
    QFETCH(Item, item);
    QFETCH(QString, words);
    m_queue->put({item});
    const QString said = cell(0, DownloadColumn::State);
    QVERIFY2(words.endsWith(' ') ? said.startsWith(words) : said == words, qPrintable(said));
}

void TestDownloadsPane::onlyFailuresAndUnverifiedCertificatesAreRed()
{
    Item failed = downloadItem(1, "a", ItemState::Failed);
    failed.error = "404 Not Found";
    Item waiting = downloadItem(2, "b", ItemState::Waiting);
    waiting.error = "the connection was reset";
    Item skipped = downloadItem(3, "c", ItemState::Done);
    skipped.note = "skipped: the file is there already";
    Item insecure = downloadItem(4, "d", ItemState::Active);
    insecure.request.options.access.tls.insecure = true;
    m_queue->put({failed, waiting, skipped, insecure});
    const auto tone = [this](int row) {
        return Tone(model()->index(row, int(DownloadColumn::Remark)).data(DownloadModel::ToneRole).toInt());
    };
    QCOMPARE(cell(0, DownloadColumn::Remark), "404 Not Found");
    QVERIFY(tone(0) == Tone::Bad);
    QCOMPARE(cell(1, DownloadColumn::Remark), "the connection was reset");
    QVERIFY(tone(1) == Tone::Normal);
    QCOMPARE(cell(2, DownloadColumn::Remark), "skipped: the file is there already");
    QVERIFY(tone(2) == Tone::Dim);
    QCOMPARE(cell(3, DownloadColumn::Remark), "certificate not verified");
    QVERIFY(tone(3) == Tone::Bad);
}

void TestDownloadsPane::aTipShowsAServersWordsAsTheyAre()
{
    Item failed = downloadItem(1, "a", ItemState::Failed);
    failed.error = "404 <b>Not</b> Found & gone";
    m_queue->put({failed});
    const QString tip = model()->index(0, int(DownloadColumn::Remark)).data(Qt::ToolTipRole).toString();
    QVERIFY(Qt::mightBeRichText(tip));
    QTextDocument shown;
    shown.setHtml(tip);
    QCOMPARE(shown.toPlainText(), failed.error);
}

void TestDownloadsPane::theTotalsAreOneLine()
{
    QCOMPARE(find<TotalsLine>("downloadTotals")->text(), "No downloads");
    Item done = downloadItem(1, "a", ItemState::Done);
    done.received = 1'000'000'000;
    done.total = done.received;
    Item active = downloadItem(2, "b", ItemState::Active);
    active.received = 200'000'000;
    active.total = 2'400'000'000;
    active.bytesPerSecond = 8'400'000;
    QSignalSpy counted(m_pane.get(), &DownloadsPane::unfinishedCountChanged);
    m_queue->put({done, active, downloadItem(3, "c", ItemState::Failed)});
    QCOMPARE(find<TotalsLine>("downloadTotals")->text(),
             "1 of 3 files · 1.2 of 3.4 GB · 8.4 MB/s · 4 min 21 s left · 1 failed");
    QCOMPARE(counted.size(), 1);
    QCOMPARE(counted[0][0].toInt(), 1);
}

void TestDownloadsPane::newRowsAreAppendedAndKeepTheSelection()
{
    const QAbstractItemModelTester tester(model());
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b")});
    click(1);
    QSignalSpy resets(model(), &QAbstractItemModel::modelReset);
    m_queue->put({downloadItem(3, "c"), downloadItem(4, "d")});
    QCOMPARE(names(), (QStringList {"a", "b", "c", "d"}));
    QCOMPARE(resets.size(), 0);
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{2}});
}

void TestDownloadsPane::removedRowsLeaveTheOthersSelected()
{
    const QAbstractItemModelTester tester(model());
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b"), downloadItem(3, "c"), downloadItem(4, "d")});
    click(1);
    click(3, Qt::ControlModifier);
    m_queue->remove({{1}, {2}});
    QCOMPARE(names(), (QStringList {"c", "d"}));
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{4}});
    m_queue->order({{4}, {3}});
    QCOMPARE(names(), (QStringList {"d", "c"}));
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{4}});
}

void TestDownloadsPane::onlyRowsThatChangedAreDrawnAnew()
{
    std::vector<Item> items;
    for (int i = 0; i < 100; ++i)
        items.push_back(downloadItem(i + 1, QStringLiteral("file %1").arg(i)));
    m_queue->put(items);
    QSignalSpy changes(model(), &QAbstractItemModel::dataChanged);
    items[7].received = 5;
    items[8].received = 5;
    items[60].received = 5;
    m_queue->put({items[60], items[7], items[8]});
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes[0][0].toModelIndex().row(), 7);
    QCOMPARE(changes[0][1].toModelIndex().row(), 8);
    QCOMPARE(changes[1][0].toModelIndex().row(), 60);
}

void TestDownloadsPane::aSortedTableKeepsUpButNotAtEveryChange()
{
    std::vector<Item> items {downloadItem(1, "a", ItemState::Active),
                             downloadItem(2, "b", ItemState::Active)};
    items[0].bytesPerSecond = 100;
    items[1].bytesPerSecond = 200;
    m_queue->put(items);
    m_pane->view()->sortByColumn(int(DownloadColumn::Speed), Qt::DescendingOrder);
    QCOMPARE(names(), (QStringList {"b", "a"}));
    QSignalSpy resets(model(), &QAbstractItemModel::modelReset);
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < 20; ++i) {
        std::swap(items[0].bytesPerSecond, items[1].bytesPerSecond);
        m_queue->put(items);
    }
    items[0].bytesPerSecond = 1000;
    m_queue->put(items);
    if (time.elapsed() < 400)
        QCOMPARE(resets.size(), 0);
    QTRY_COMPARE(names(), (QStringList {"a", "b"}));
    QCOMPARE(resets.size(), 1);
}

void TestDownloadsPane::theHeadsThirdClickBringsBackTheQueuesOrder()
{
    m_queue->put({downloadItem(1, "b"), downloadItem(2, "c"), downloadItem(3, "a")});
    QHeaderView *header = m_pane->view()->horizontalHeader();
    const auto clickHead = [header] {
        const int x = header->sectionViewportPosition(int(DownloadColumn::Name)) + 30;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
    };
    clickHead();
    QCOMPARE(names(), (QStringList {"a", "b", "c"}));
    clickHead();
    QCOMPARE(names(), (QStringList {"c", "b", "a"}));
    clickHead();
    QCOMPARE(names(), (QStringList {"b", "c", "a"}));
}

void TestDownloadsPane::theFilterLooksAtNamesHostsAndErrors()
{
    const QAbstractItemModelTester tester(model());
    Item failed = downloadItem(3, "c.bin", ItemState::Failed);
    failed.error = "404 Not Found";
    m_queue->put(
        {downloadItem(1, "a.iso"), downloadItem(2, "b.iso", ItemState::Queued, "mirror.net"), failed});
    m_pane->setFilterText("ISO mirror");
    QCOMPARE(names(), QStringList {"b.iso"});
    m_pane->setFilterText("not found");
    QCOMPARE(names(), QStringList {"c.bin"});
    m_queue->put({downloadItem(4, "not found.iso"), downloadItem(5, "e.iso")});
    QCOMPARE(names(), (QStringList {"c.bin", "not found.iso"}));
    QCOMPARE(m_pane->corner()->findChild<QLabel *>()->text(), "2 of 5");
    m_pane->setFilterText({});
    QCOMPARE(names().size(), 5);
}

void TestDownloadsPane::aStateThatIsTurnedOffGoesAndComesBack()
{
    m_queue->put({downloadItem(1, "a", ItemState::Done), downloadItem(2, "b", ItemState::Active)});
    const QList<QAction *> states = m_pane->corner()->findChild<QMenu *>()->actions();
    QCOMPARE(states[int(ItemState::Done)]->text(), "done");
    states[int(ItemState::Done)]->trigger();
    QCOMPARE(names(), QStringList {"b"});
    m_queue->put({downloadItem(2, "b", ItemState::Done)});
    QTRY_COMPARE(names(), QStringList {});
    states.last()->trigger();
    QCOMPARE(names(), (QStringList {"a", "b"}));
}

void TestDownloadsPane::theEmptyPaneSaysWhatToDo()
{
    const auto words = [this]() -> QString {
        for (const QLabel *label : m_pane->view()->viewport()->findChildren<QLabel *>()) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    };
    QVERIFY2(words().contains("Ctrl+V"), qPrintable(words()));
    m_queue->put({downloadItem(1, "a")});
    QCOMPARE(words(), QString());
    m_pane->setFilterText("nothing like that");
    QVERIFY2(words().contains("No download matches"), qPrintable(words()));
}

void TestDownloadsPane::tenThousandRowsAreFluid()
{
    constexpr int count = 10'000;
    std::vector<Item> items;
    for (int i = 0; i < count; ++i)
        items.push_back(downloadItem(i + 1, QStringLiteral("file-%1.bin").arg(i)));
    m_queue->put(items);
    QTest::qWait(0);
    QCOMPARE(model()->rowCount(), count);
    // A delta with all transfers that can be under way, drawn: must fit into a frame or two of the ten a
    // second.
    using tests::threadCpuTime;
    std::chrono::nanoseconds longest {};
    for (int beat = 0; beat < 20; ++beat) {
        std::vector<Item> changed;
        for (int i = 0; i < 16; ++i) {
            items[std::size_t(i)].state = ItemState::Active;
            items[std::size_t(i)].received += 100'000;
            changed.push_back(items[std::size_t(i)]);
        }
        const auto begin = threadCpuTime();
        m_queue->put(changed);
        QCoreApplication::processEvents();
        longest = std::max(longest, threadCpuTime() - begin);
    }
    QVERIFY2(longest < 100ms, qPrintable(QString::number(longest.count())));
    const auto beforeScrolling = threadCpuTime();
    for (int page = 0; page < 50; ++page) {
        press(Qt::Key_PageDown);
        QCoreApplication::processEvents();
    }
    const auto scrolling = threadCpuTime() - beforeScrolling;
    QVERIFY2(scrolling < 2500ms, qPrintable(QString::number(scrolling.count())));
    const auto beforeSorting = threadCpuTime();
    m_pane->view()->selectAll();
    m_pane->view()->sortByColumn(int(DownloadColumn::Name), Qt::DescendingOrder);
    QCoreApplication::processEvents();
    const auto sorting = threadCpuTime() - beforeSorting;
    QVERIFY2(sorting < 1000ms, qPrintable(QString::number(sorting.count())));
    QCOMPARE(m_pane->view()->selectedItems().size(), std::size_t(count));
}

void TestDownloadsPane::aSelectedRowSelectsItsLaneAndTheOtherWayRound()
{
    m_session->sleeper(20, "GET b").script.created(21, 20).commit();
    Item a = downloadItem(1, "a", ItemState::Active);
    a.task = TaskId {10};
    Item b = downloadItem(2, "b", ItemState::Active);
    b.task = TaskId {20};
    m_queue->put({a, b, downloadItem(3, "c")});
    click(0);
    QCOMPARE(m_selection->task(), TaskId {10});
    m_selection->select(TaskId {20});
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{2}});
    m_selection->select(TaskId {10});
    m_selection->select(TaskId {21}); // what b has spawned
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{2}});
    m_selection->select(TaskId {77});
    QVERIFY(m_pane->view()->selectedItems().empty());
    click(1);
    press(Qt::Key_Down);
    QCOMPARE(m_pane->view()->selectedItems(), std::vector<ItemId> {{3}});
    QCOMPARE(m_selection->task(), TaskId {}); // c never had a lane
}

void TestDownloadsPane::actionsAreOnWhereTheyMakeSense()
{
    Item done = downloadItem(2, "b", ItemState::Done);
    done.path = "/home/me/Downloads/b";
    m_queue->put({downloadItem(1, "a", ItemState::Active), done, downloadItem(3, "c", ItemState::Failed),
                  downloadItem(4, "d", ItemState::Paused)});
    QVERIFY(!actions().pause->isEnabled() && !actions().remove->isEnabled());
    click(0);
    QVERIFY(actions().pause->isEnabled() && actions().cancel->isEnabled());
    QVERIFY(!actions().resume->isEnabled() && !actions().retry->isEnabled() && !actions().open->isEnabled());
    click(1);
    QVERIFY(actions().open->isEnabled() && actions().removeWithFile->isEnabled());
    QVERIFY(!actions().pause->isEnabled() && !actions().cancel->isEnabled()
            && !actions().replaceUrl->isEnabled());
    click(2);
    QVERIFY(actions().retry->isEnabled() && !actions().cancel->isEnabled());
    click(3);
    QVERIFY(actions().resume->isEnabled() && actions().startAt->isEnabled() && !actions().login->isEnabled());
    // They follow what happens to the rows.
    m_queue->put({downloadItem(4, "d", ItemState::Active)});
    QVERIFY(!actions().resume->isEnabled() && actions().pause->isEnabled());
    m_session->commands = false;
    m_queue->tell();
    QVERIFY(!actions().pause->isEnabled() && !actions().remove->isEnabled());
}

void TestDownloadsPane::keysActOnTheSelectedRows()
{
    m_queue->put({downloadItem(1, "a", ItemState::Active), downloadItem(2, "b", ItemState::Paused),
                  downloadItem(3, "c", ItemState::Failed)});
    click(0);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(m_session->onlyDownload<Pause>().items, std::vector<ItemId> {{1}});
    press(Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(m_session->onlyDownload<Resume>().items, std::vector<ItemId> {{2}});
    press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(m_session->onlyDownload<Retry>().items, std::vector<ItemId> {{3}});
    actions().cancel->trigger();
    QCOMPARE(m_session->onlyDownload<Cancel>().items, (std::vector<ItemId> {{1}, {2}}));
    m_pane->findChild<QAction *>("priority-1")->trigger();
    QCOMPARE(m_session->onlyDownload<SetPriority>().items, (std::vector<ItemId> {{1}, {2}}));
    QCOMPARE(m_session->onlyDownload<SetPriority>().priority, -1);
    QTest::mouseClick(find<QPushButton>("pauseAllButton"), Qt::LeftButton);
    m_session->onlyDownload<PauseAll>();
}

void TestDownloadsPane::rowsMoveUpAndDown()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b"), downloadItem(3, "c"), downloadItem(4, "d")});
    click(1);
    click(2, Qt::ControlModifier);
    const auto moved = [this] {
        const Move move = m_session->onlyDownload<Move>();
        m_session->posted.clear();
        return move;
    };
    press(Qt::Key_Up, Qt::AltModifier);
    Move move = moved();
    QCOMPARE(move.items, (std::vector<ItemId> {{2}, {3}}));
    QCOMPARE(move.before, ItemId {1});
    press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(moved().before, ItemId {});
    press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(moved().before, ItemId {1});
    press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(moved().before, ItemId {});
    click(0);
    press(Qt::Key_Up, Qt::AltModifier); // is on top
    QVERIFY(m_session->posted.empty());
    press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(moved().before, ItemId {3});
}

void TestDownloadsPane::rowsAreDragged()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b"), downloadItem(3, "c"), downloadItem(4, "d")});
    const QModelIndexList rows {model()->index(3, 0), model()->index(1, 0)};
    const std::unique_ptr<QMimeData> data(model()->mimeData(rows));
    QVERIFY(model()->flags(rows[0]).testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(model()->canDropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
    model()->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {});
    QCOMPARE(m_session->onlyDownload<Move>().items, (std::vector<ItemId> {{2}, {4}}));
    QCOMPARE(m_session->onlyDownload<Move>().before, ItemId {1});
    m_session->posted.clear();
    model()->dropMimeData(data.get(), Qt::MoveAction, 1, 0, {}); // onto itself: behind what is dragged
    QCOMPARE(m_session->onlyDownload<Move>().before, ItemId {3});
    m_session->posted.clear();
    model()->dropMimeData(data.get(), Qt::MoveAction, -1, -1, {});
    QCOMPARE(m_session->onlyDownload<Move>().before, ItemId {});
    QCOMPARE(names(), (QStringList {"a", "b", "c", "d"})); // until the engine has moved them
}

void TestDownloadsPane::aSortedTableHasNoOrderToChange()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b")});
    click(1);
    QVERIFY(actions().up->isEnabled());
    m_pane->view()->sortByColumn(int(DownloadColumn::Name), Qt::DescendingOrder);
    QVERIFY(!actions().up->isEnabled());
    QVERIFY(!model()->flags(model()->index(0, 0)).testFlag(Qt::ItemIsDragEnabled));
}

void TestDownloadsPane::removingOffersUndo()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b"), downloadItem(3, "c")});
    auto *bar = find<QWidget>("undoBar");
    QVERIFY(!bar->isVisible());
    click(0);
    click(1, Qt::ShiftModifier);
    press(Qt::Key_Delete);
    QCOMPARE(m_session->onlyDownload<Remove>().items, (std::vector<ItemId> {{1}, {2}}));
    QVERIFY(!m_session->onlyDownload<Remove>().withFile);
    m_queue->remove({{1}, {2}});
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->findChild<QLabel *>("noticeText")->text(), "Removed 2 downloads.");
    QTest::mouseClick(find<QPushButton>("undo"), Qt::LeftButton);
    m_session->onlyDownload<UndoRemove>();
    QVERIFY(!bar->isVisible());
}

void TestDownloadsPane::removingWithTheFileAsksFirst()
{
    Item done = downloadItem(1, "a", ItemState::Done);
    done.path = "/home/me/Downloads/a";
    m_queue->put({done});
    click(0);
    press(Qt::Key_Delete, Qt::ShiftModifier);
    QVERIFY(dialog());
    QVERIFY(m_session->posted.empty());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QVERIFY(m_session->posted.empty());
    press(Qt::Key_Delete, Qt::ShiftModifier);
    QTest::mouseClick(dialog()->findChild<QPushButton *>("moveToTrash"), Qt::LeftButton);
    QVERIFY(m_session->onlyDownload<Remove>().withFile);
}

class OpenedFiles : public QObject
{
    Q_OBJECT
public slots:
    void open(const QUrl &url) { urls << url; }

public:
    QList<QUrl> urls;
};

void TestDownloadsPane::enterOpensAFinishedFileAndShowsOthersOnTheTimeline()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("a.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    OpenedFiles opened;
    QDesktopServices::setUrlHandler("file", &opened, "open");
    Item done = downloadItem(1, "a.txt", ItemState::Done);
    done.path = file.fileName();
    Item gone = downloadItem(2, "b.txt", ItemState::Done);
    gone.path = folder.filePath("b.txt");
    Item active = downloadItem(3, "c.txt", ItemState::Active);
    active.task = TaskId {33};
    m_queue->put({done, gone, active});
    click(0);
    press(Qt::Key_Return);
    QCOMPARE(opened.urls, QList<QUrl> {QUrl::fromLocalFile(file.fileName())});
    press(Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(opened.urls.last(), QUrl::fromLocalFile(folder.path()));
    QSignalSpy said(&m_pane->commands(), &DownloadCommands::said);
    click(1);
    press(Qt::Key_Return);
    QCOMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("any more"));
    QSignalSpy revealed(m_selection.get(), &Selection::revealed);
    click(2);
    const QRect row = m_pane->view()->visualRect(model()->index(2, 0));
    QTest::mouseDClick(m_pane->view()->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(revealed.size(), 1);
    QDesktopServices::unsetUrlHandler("file");
}

void TestDownloadsPane::urlsAndErrorsAreCopied()
{
    Item failed = downloadItem(2, "b", ItemState::Failed);
    failed.error = "404 Not Found";
    m_queue->put({downloadItem(1, "a"), failed});
    click(0);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             "https://example.org/files/a\nhttps://example.org/files/b");
    actions().copyError->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), "404 Not Found");
}

void TestDownloadsPane::theSpeedLimitIsTypedOrChosen()
{
    m_queue->limits = {.transfers = 3, .perHost = 2, .bytesPerSecond = 256'000};
    m_queue->put({downloadItem(1, "a")});
    auto *box = find<RateBox>("speedLimit");
    QCOMPARE(box->currentText(), "256 kB/s");
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), "2M");
    QTest::keyClick(box->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_session->onlyDownload<SetLimits>().limits,
             (Limits {.transfers = 3, .perHost = 2, .bytesPerSecond = 2'000'000}));
    QCOMPARE(box->currentText(), "2 MB/s");
    m_session->posted.clear();
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), "fast");
    QTest::keyClick(box->lineEdit(), Qt::Key_Return);
    QVERIFY(m_session->posted.empty());
    QCOMPARE(box->currentText(), "2 MB/s");
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Up);
    QVERIFY(m_session->onlyDownload<SetLimits>().limits.bytesPerSecond != 2'000'000);
}

void TestDownloadsPane::aNewUrlIsChecked()
{
    m_queue->put({downloadItem(1, "a", ItemState::Failed)});
    click(0);
    actions().replaceUrl->trigger();
    QVERIFY(dialog());
    auto *field = dialog()->findChild<QLineEdit *>("newUrl");
    QCOMPARE(field->text(), "https://example.org/files/a");
    QVERIFY(!ok(dialog())->isEnabled());
    field->selectAll();
    QTest::keyClicks(field, "ftp://example.org/a");
    QVERIFY(!ok(dialog())->isEnabled());
    QVERIFY(dialog()->findChild<QLabel *>("message")->text().contains("http"));
    field->selectAll();
    QTest::keyClicks(field, "https://me:secret@mirror.net/a");
    QVERIFY(ok(dialog())->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_session->onlyDownload<ReplaceUrl>().url, QUrl("https://mirror.net/a"));
    QCOMPARE(m_session->onlyDownload<ReplaceUrl>().item, ItemId {1});
}

void TestDownloadsPane::theSpeedOfSomeIsLimited()
{
    m_queue->put({downloadItem(1, "a"), downloadItem(2, "b")});
    click(0);
    press(Qt::Key_A, Qt::ControlModifier);
    actions().limit->trigger();
    QVERIFY(dialog());
    auto *box = dialog()->findChild<RateBox *>("rate");
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), "500k");
    QTest::mouseClick(ok(dialog()), Qt::LeftButton);
    QCOMPARE(m_session->onlyDownload<SetRate>().items.size(), 2u);
    QCOMPARE(m_session->onlyDownload<SetRate>().bytesPerSecond, std::optional<qint64>(500'000));
}

void TestDownloadsPane::aStartTimeIsSet()
{
    m_queue->put({downloadItem(1, "a")});
    click(0);
    actions().startAt->trigger();
    QVERIFY(dialog());
    const QDateTime at = QDateTime::currentDateTime().addDays(1);
    dialog()->findChild<QDateTimeEdit *>("startTime")->setDateTime(at);
    QTest::mouseClick(ok(dialog()), Qt::LeftButton);
    QVERIFY(std::abs(m_session->onlyDownload<SetStart>().at.secsTo(at)) <= 60);
}

void TestDownloadsPane::aLoginIsAskedForOnceAHost()
{
    auto *bar = find<LoginBar>("loginBar");
    QVERIFY(!bar->isVisible());
    const auto waiting = [](std::int64_t id, const QString &name, const QString &host) {
        Item item = downloadItem(id, name, ItemState::Paused, host);
        item.pauseReason = PauseReason::NeedsLogin;
        item.httpStatus = 401;
        return item;
    };
    m_queue->put(
        {downloadItem(1, "a"), downloadItem(2, "b"), downloadItem(3, "c", ItemState::Queued, "c.net")});
    m_queue->put({waiting(1, "a", "example.org"), waiting(2, "b", "example.org"), waiting(3, "c", "c.net")});
    QVERIFY(bar->isVisible());
    QVERIFY2(bar->text().contains("example.org") && bar->text().contains("1 more"), qPrintable(bar->text()));
    auto *user = bar->findChild<QLineEdit *>("user");
    auto *password = bar->findChild<QLineEdit *>("password");
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QVERIFY(!bar->findChild<QPushButton *>("give")->isEnabled());
    QTest::keyClicks(user, "me");
    QTest::keyClicks(password, "s3cret");
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(m_session->onlyDownload<GiveCredentials>().item, ItemId {1});
    QCOMPARE(m_session->onlyDownload<GiveCredentials>().credentials.password, "s3cret");
    QVERIFY2(bar->isVisible() && bar->text().contains("c.net"), qPrintable(bar->text()));
    QVERIFY(password->text().isEmpty());
    QTest::mouseClick(bar->findChild<QPushButton *>("skip"), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    m_queue->tell();
    QVERIFY(!bar->isVisible());
    // The first login was wrong: the items went on and wait again.
    m_queue->put({downloadItem(1, "a", ItemState::Active)});
    m_queue->put({waiting(1, "a", "example.org")});
    QVERIFY(bar->isVisible() && bar->text().contains("example.org"));
}

void TestDownloadsPane::aFaultOfTheQueueIsSaid()
{
    m_queue->fault = "The queue is used by another Coroscope.";
    m_queue->tell();
    auto *bar = find<NoticeBar>("queueFault");
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->text(), m_queue->fault);
    QVERIFY(!find<RateBox>("speedLimit")->isEnabled());
}

void TestDownloadsPane::columnsAndWidthsAreRemembered()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    m_pane->view()->horizontalHeader()->resizeSection(0, 333);
    m_pane->view()->setColumnHidden(int(DownloadColumn::Tries), true);
    m_pane->save(settings);
    DownloadsPane other(*m_session, *m_selection);
    other.restore(settings);
    QCOMPARE(other.view()->columnWidth(0), 333);
    QVERIFY(other.view()->isColumnHidden(int(DownloadColumn::Tries)));
    other.resetLayout();
    QVERIFY(!other.view()->isColumnHidden(int(DownloadColumn::Tries)));
}

QTEST_MAIN(TestDownloadsPane)
#include "tst_downloadspane.moc"
