// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The real window on the real session: what a person types and clicks, and what the window then shows.
#include "core/net/localservices.h"
#include "core/net/samplecontent.h"
#include "core/tasks/localsession.h"
#include "ui/flame/flameview.h"
#include "ui/tasks/tasklistmodel.h"
#include "ui/tasks/taskview.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/window/loopchoice.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QStatusBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestMainWindow : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aDownloadMovesFromPendingToDoneWithItsResult();
    void aBatchIsATaskWithItsFiles();
    void aFailedDownloadSaysWhyInDoneAndInTheInspector();
    void aSleepIsCancelledAndSaysByWhom();
    void theViewsOfAllTasksOpenByKey();
    void aFinishedTaskRunsAgain();
    void aFutureIsSetByTyping();
    void theWindowAnswersWhileTheLoopIsBlocked();
    void aSliceIsZoomedToAndItsTooltipRead();
    void theFindFieldFiltersAndGoesToTheFirstHit();
    void finishedTasksAreCleared();
    void theLayoutIsRemembered();
    void theEventLoopIsChosenForTheNextStart();
    void nothingIsCutInASmallWindow_data();
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
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    QDialog *dialog() const;
    void launchSleep(const QString &duration, Qt::CheckState block = Qt::Unchecked);
    void launchDownloads(const QStringList &paths);
    /// "name: text" of each row.
    QStringList rows(const char *view) const;
    QString cell(const QString &task, int column) const;
    TaskId taskNamed(const QString &name) const;

    QTemporaryDir m_folder;
    net::FileSite m_site;
    std::unique_ptr<net::LocalServices> m_services;
    QUrl m_http;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<tasks::LocalSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_site.samples["/hello.bin"] = {.size = 300'000, .bytesPerSecond = 300'000};
    m_site.samples["/one.bin"] = {.size = 20'000, .bytesPerSecond = 40'000};
    m_site.samples["/two.bin"] = {.size = 20'000, .bytesPerSecond = 40'000};
    m_services = std::make_unique<net::LocalServices>(m_site);
    QSignalSpy started(m_services.get(), &net::LocalServices::started);
    m_services->start();
    QVERIFY(started.wait(20'000));
    m_http = started.front().front().value<net::Endpoints>().http;
    QVERIFY(!m_http.isEmpty());
}

void TestMainWindow::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
    m_settings->setValue("launch/folder", m_folder.path());
    m_session = std::make_unique<tasks::LocalSession>();
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_settings->clear();
}

/// Off-screen no window manager makes the window active again after a dialog.
void TestMainWindow::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), key, modifiers);
}

QDialog *TestMainWindow::dialog() const { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }

void TestMainWindow::launchSleep(const QString &duration, Qt::CheckState block)
{
    press(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(dialog());
    auto *field = dialog()->findChild<QLineEdit *>("duration");
    field->selectAll();
    QTest::keyClicks(field, duration);
    dialog()->findChild<QCheckBox *>("block")->setCheckState(block);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!dialog());
}

void TestMainWindow::launchDownloads(const QStringList &paths)
{
    tasks::BatchSpec batch;
    for (const QString &path : paths) {
        tasks::DownloadSpec spec;
        spec.url = QUrl(m_http.toString() + path);
        spec.folder = m_folder.path();
        batch.downloads.push_back(spec);
    }
    if (batch.downloads.size() == 1)
        m_session->post(tasks::Launch {batch.downloads.front()});
    else
        m_session->post(tasks::Launch {batch});
}

QStringList TestMainWindow::rows(const char *view) const
{
    const QAbstractItemModel *model = find<TaskView>(view)->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row) {
        rows << QStringLiteral("%1: %2").arg(model->index(row, 0).data().toString(),
                                             model->index(row, 1).data().toString());
    }
    return rows;
}

QString TestMainWindow::cell(const QString &task, int column) const
{
    const QAbstractItemModel *model = find<TaskView>("tasks")->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 3).data().toString() == task)
            return model->index(row, column).data().toString();
    }
    return {};
}

TaskId TestMainWindow::taskNamed(const QString &name) const
{
    for (const TaskId id : m_session->store().tasks()) {
        if (m_session->store().task(id)->name == name)
            return id;
    }
    return {};
}

void TestMainWindow::aDownloadMovesFromPendingToDoneWithItsResult()
{
    launchDownloads({"/hello.bin"});
    QTRY_COMPARE(rows("pending").size(), 1);
    QVERIFY2(rows("pending")[0].startsWith("GET hello.bin: "), qPrintable(rows("pending")[0]));
    QVERIFY(rows("done").isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows("done").size() == 1, 10'000);
    QVERIFY(rows("pending").isEmpty());
    QVERIFY2(rows("done")[0].contains("300,000 bytes"), qPrintable(rows("done")[0]));
    QCOMPARE(find<QLabel>("doneCount")->text(), "1");

    QFile file(m_folder.filePath("hello.bin"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == net::sampleContent(net::FileSite::seedOf("/hello.bin"), 0, 300'000));
    m_window->selection().select(taskNamed("GET hello.bin"));
    QTRY_COMPARE(find<QLabel>("inspectorTitle")->text(), "GET hello.bin");
    QTRY_VERIFY(find<QLabel>("state")->text().startsWith("done after "));
}

void TestMainWindow::aBatchIsATaskWithItsFiles()
{
    launchDownloads({"/one.bin", "/two.bin"});
    QTRY_COMPARE(rows("pending").size(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(rows("done").size() == 3, 10'000);
    QVERIFY(rows("done").last().startsWith("batch of 2: "));
}

void TestMainWindow::aFailedDownloadSaysWhyInDoneAndInTheInspector()
{
    launchDownloads({"/missing.bin"});
    QTRY_VERIFY_WITH_TIMEOUT(rows("done").size() == 1, 10'000);
    QVERIFY2(rows("done")[0].contains("404"), qPrintable(rows("done")[0]));
    m_window->selection().select(taskNamed("GET missing.bin"));
    QTRY_VERIFY(find<QWidget>("outcome")->isVisible());
    const QString error = find<QWidget>("outcome")->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(error.contains("404") && error.contains("missing.bin"), qPrintable(error));
}

void TestMainWindow::aSleepIsCancelledAndSaysByWhom()
{
    launchSleep("30s");
    launchSleep("40s");
    QTRY_COMPARE(rows("pending").size(), 2);
    auto *pending = find<TaskView>("pending");
    QTest::mouseClick(pending->viewport(), Qt::LeftButton, {},
                      pending->visualRect(pending->model()->index(0, 0)).center());
    QTRY_VERIFY(find<QAction>("cancel")->isEnabled());
    press(Qt::Key_K, Qt::ControlModifier);
    QTRY_COMPARE(rows("done"), QStringList {"sleep 30 s: cancelled by you"});
    QCOMPARE(rows("pending").size(), 1);
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(rows("done").size(), 2);
}

void TestMainWindow::theViewsOfAllTasksOpenByKey()
{
    launchSleep("30s");
    QTRY_COMPARE(rows("pending").size(), 1);
    press(Qt::Key_7, Qt::AltModifier);
    auto *flame = find<FlameView>("flame");
    QTRY_VERIFY(flame->isVisible() && !flame->picture().isEmpty());
    QVERIFY(flame->textOf(1).contains("sleep"));
    press(Qt::Key_8, Qt::AltModifier);
    QTRY_VERIFY(find<QScrollArea>("latency")->isVisible());
    QTRY_VERIFY(find<QLabel>("latencyLeft")->text().startsWith("p50"));
    press(Qt::Key_9, Qt::AltModifier);
    const auto *tree = find<QTreeWidget>("awaitForest");
    QTRY_VERIFY(tree->isVisible() && tree->topLevelItemCount() == 1);
    QCOMPARE(tree->topLevelItem(0)->text(0), "sleep 30 s");
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tree->topLevelItemCount(), 0);
}

void TestMainWindow::aFinishedTaskRunsAgain()
{
    launchSleep("10ms");
    QTRY_COMPARE(rows("done").size(), 1);
    QTRY_VERIFY(find<QAction>("runAgain")->isEnabled());
    press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(rows("done").size(), 2);
    QCOMPARE(rows("done")[0], rows("done")[1]);
}

void TestMainWindow::aFutureIsSetByTyping()
{
    m_session->post(tasks::Launch {tasks::FutureSpec {.name = "answer"}});
    auto *tabs = find<QTabBar>("paneTabs");
    QTRY_COMPARE(tabs->tabText(2), "Futures 1");
    press(Qt::Key_3, Qt::AltModifier);
    QCOMPARE(tabs->currentIndex(), 2);
    auto *value = find<QLineEdit>("futureValue");
    QTRY_VERIFY(value->isVisible());
    QTest::keyClicks(value, "forty-two");
    QTest::keyClick(value, Qt::Key_Return);
    auto *text = find<QPlainTextEdit>("futureText");
    QTRY_VERIFY(text->isVisible());
    QVERIFY2(text->toPlainText().contains("forty-two"), qPrintable(text->toPlainText()));
    QTRY_COMPARE(tabs->tabText(2), "Futures");
    press(Qt::Key_1, Qt::AltModifier);
    QTRY_COMPARE(rows("done").size(), 1);
    QVERIFY2(rows("done")[0].contains("forty-two"), qPrintable(rows("done")[0]));
}

void TestMainWindow::theWindowAnswersWhileTheLoopIsBlocked()
{
    launchSleep("3s", Qt::Checked);
    launchSleep("5ms");
    QElapsedTimer blocked;
    blocked.start();
    qint64 longestGap = 0;
    QElapsedTimer gap;
    gap.start();
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { longestGap = std::max(longestGap, gap.restart()); });
    beat.start(10);
    auto *field = find<QLineEdit>("findField");
    press(Qt::Key_Slash);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, "block");
    QCOMPARE(field->text(), "block");
    QTRY_COMPARE(rows("pending"), QStringList {"block 3 s: running"});
    QVERIFY(blocked.elapsed() < 2'500); // all of that while the loop stood still
    QVERIFY(rows("done").isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows("done").size() == 1, 10'000);
    QVERIFY2(longestGap < 500, qPrintable(QString::number(longestGap)));

    press(Qt::Key_2, Qt::AltModifier);
    const TaskId task = taskNamed("block 3 s");
    QVERIFY(task);
    const QAbstractItemModel *model = find<TaskView>("tasks")->model();
    const QModelIndexList found = model->match(model->index(0, 0), TaskListModel::TaskIdRole, task.value, 1,
                                               Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    QVERIFY(found[0].data(TaskListModel::WarningRole).toBool());
    const QString tip = found[0].data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains("3.0") && tip.contains("50 ms"), qPrintable(tip));
}

void TestMainWindow::aSliceIsZoomedToAndItsTooltipRead()
{
    launchSleep("100ms", Qt::Checked);
    QTRY_COMPARE(rows("done").size(), 1);
    QTRY_VERIFY(m_window->selection().task());
    const TaskId task = m_window->selection().task();
    const model::TraceStore &store = m_session->store();
    std::optional<std::uint32_t> longest;
    for (std::uint32_t i = 0; i < store.sliceCount(task); ++i) {
        const model::Slice slice = store.slice(task, i);
        if (slice.end - slice.begin >= 90ms)
            longest = i;
    }
    QVERIFY(longest);
    m_window->selection().select(task, longest);
    auto *timeline = m_window->findChild<TimelineWidget *>();
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_Return);
    const model::Slice slice = store.slice(task, *longest);
    QTRY_VERIFY(timeline->view().range().length() < 10 * (slice.end - slice.begin));
    const QPoint middle = timeline->pointOf(task, slice.begin + (slice.end - slice.begin) / 2);
    QVERIFY(timeline->rect().contains(middle));
    QTRY_VERIFY(timeline->shapeAt(middle).has_value());
    const QString tip = timeline->tipAt(middle);
    QVERIFY2(tip.contains("block 0.1 s"), qPrintable(tip));
    QVERIFY2(tip.contains(QRegularExpression("ran for [1-9]\\d\\d")) && tip.contains("blocks the loop"),
             qPrintable(tip));
}

void TestMainWindow::theFindFieldFiltersAndGoesToTheFirstHit()
{
    launchSleep("20ms");
    launchSleep("30ms");
    launchDownloads({"/missing.bin"});
    QTRY_COMPARE_WITH_TIMEOUT(rows("done").size(), 3, 10'000);
    press(Qt::Key_F, Qt::ControlModifier);
    auto *field = find<QLineEdit>("findField");
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, "missing");
    QTRY_COMPARE(rows("done").size(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_window->selection().task(), taskNamed("GET missing.bin"));
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_COMPARE(rows("done").size(), 3);
}

void TestMainWindow::finishedTasksAreCleared()
{
    launchSleep("10ms");
    launchSleep("60s");
    QTRY_COMPARE(rows("done").size(), 1);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(rows("done").size(), 0);
    QCOMPARE(rows("pending").size(), 1);
}

void TestMainWindow::theLayoutIsRemembered()
{
    press(Qt::Key_I, Qt::ControlModifier);
    press(Qt::Key_5, Qt::AltModifier);
    QTRY_VERIFY(!find<QWidget>("inspector")->isVisible());
    m_window->close();
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(!find<QWidget>("inspector")->isVisible());
    QCOMPARE(find<QTabBar>("paneTabs")->currentIndex(), 4);
    find<QAction>("resetLayout")->trigger();
    QVERIFY(find<QWidget>("inspector")->isVisible());
    QCOMPARE(find<QTabBar>("paneTabs")->currentIndex(), 0);
}

void TestMainWindow::theEventLoopIsChosenForTheNextStart()
{
    QCOMPARE(savedLoop(*m_settings), dispatch::preferredLoop());
    for (const dispatch::LoopKind loop : dispatch::availableLoops()) {
        const QString name = dispatch::nameOf(loop);
        find<QAction>(qPrintable(QStringLiteral("loop-") + name))->trigger();
        QVERIFY(m_window->statusBar()->currentMessage().contains(name));
        QCOMPARE(savedLoop(*m_settings), loop);
        m_window.reset();
        m_session = std::make_unique<tasks::LocalSession>(
            tasks::LocalSessionOptions {.loopKind = savedLoop(*m_settings)});
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        QVERIFY(find<QAction>(qPrintable(QStringLiteral("loop-") + name))->isChecked());
        QTRY_VERIFY(find<QLabel>("loop")->text().startsWith(QStringLiteral("loop ") + name));
    }
}

void TestMainWindow::nothingIsCutInASmallWindow_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1280 × 720") << QSize(1280, 720);
    QTest::newRow("800 × 600") << QSize(800, 600);
}

void TestMainWindow::nothingIsCutInASmallWindow()
{
    QFETCH(QSize, size);
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    const auto isWhole = [](const QWidget *widget) {
        return widget->isVisible() && widget->height() >= widget->minimumSizeHint().height()
               && widget->visibleRegion().boundingRect() == widget->rect();
    };
    auto *tabs = find<QTabBar>("paneTabs");
    QTRY_VERIFY(isWhole(tabs));
    QVERIFY(tabs->height() >= tabs->sizeHint().height());
    QVERIFY(isWhole(find<QLineEdit>("findField")));
    QVERIFY(find<QLineEdit>("findField")->width() >= 84);
    for (const char *name : {"loop", "taskCounts", "events", "lost", "store", "live"}) {
        const auto *label = find<QLabel>(name);
        QVERIFY2(isWhole(label) && label->width() >= label->sizeHint().width(), name);
    }
    QVERIFY(m_window->findChild<TimelineWidget *>()->width() >= 280);
    QVERIFY(find<QWidget>("inspector")->width() <= size.width() / 3 + 1);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
