// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/filesession.h"
#include "core/tasks/localsession.h"
#include "tests/io/sleepersfile.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QProgressDialog>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

/// Recording, saving and opening by hand, in the real window.
class TestRecordingCommands : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<tasks::LocalSession> m_session;
    std::unique_ptr<MainWindow> m_window;

    /// As soon as a file dialog is open, gives it a name and presses Save.
    void answerDialog(const QString &file)
    {
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [timer, file] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            timer->deleteLater();
            auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
            name->setText(file); // typed, it would open the list of what begins alike
            auto *buttons = dialog->findChild<QDialogButtonBox *>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        });
        timer->start(20ms);
    }
    void sleepOnce()
    {
        m_session->post(tasks::Launch {tasks::SleepSpec {.duration = 20ms}});
        QSignalSpy idle(m_session.get(), &tasks::Session::idle);
        QVERIFY(idle.wait(20'000));
    }
    QToolButton *recordButton() const
    {
        auto *bar = m_window->findChild<QToolBar *>(QStringLiteral("toolBar"));
        auto *action = m_window->findChild<QAction *>(QStringLiteral("record"));
        return qobject_cast<QToolButton *>(bar->widgetForAction(action));
    }
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private slots:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init()
    {
        m_settings = std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat);
        m_settings->setValue(QStringLiteral("recordings/folder"), m_folder.path());
        m_session = std::make_unique<tasks::LocalSession>();
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
    }

    void aSessionIsSavedAndOpensWithItsTask()
    {
        sleepOnce();
        answerDialog(path("saved.coro"));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(QFile::exists(path("saved.coro")));
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("saved.coro")),
                 qPrintable(m_window->statusBar()->currentMessage()));

        tasks::FileSession file;
        MainWindow window(file, *m_settings);
        QSignalSpy opened(&file, &tasks::FileSession::opened);
        QCOMPARE(file.open(path("saved.coro")), std::nullopt);
        QVERIFY(opened.wait(20'000));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto *done = window.findChild<QAbstractItemView *>(QStringLiteral("done"));
        QVERIFY(done);
        QTRY_COMPARE(done->model()->rowCount(), 1);
        QCOMPARE(done->model()->index(0, 0).data().toString(), QStringLiteral("sleep 20 ms"));
        // Nothing runs in it, so nothing of that is offered.
        QVERIFY(!window.findChild<QAction *>(QStringLiteral("demo"))->isEnabled());
        QVERIFY(!window.findChild<QAction *>(QStringLiteral("record"))->isEnabled());
    }

    void aClearedTaskIsNotSavedAndThatIsSaid()
    {
        sleepOnce();
        sleepOnce();
        QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        sleepOnce();
        answerDialog(path("cleared.coro"));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        const QString message = m_window->statusBar()->currentMessage();
        QVERIFY2(message.contains(QStringLiteral("cleared.coro"))
                     && message.contains(QStringLiteral("without the tasks that were cleared")),
                 qPrintable(message));
        model::TraceStore store;
        QFile file(path("cleared.coro"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(std::holds_alternative<io::ReadReport>(io::readTrace(file, store)));
        const auto figures = store.figures();
        QCOMPARE(figures.tasksByState[std::size_t(model::TaskState::Done)], 1u);
        QCOMPARE(figures.breaches, 0u);
    }

    void aSessionIsExportedInTheChosenFormat()
    {
        sleepOnce();
        QString offered;
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [&, timer] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            timer->deleteLater();
            auto *type = dialog->findChild<QComboBox *>(QStringLiteral("fileTypeCombo"));
            type->setFocus();
            while (!type->currentText().contains(QStringLiteral("*.csv")))
                QTest::keyClick(type, Qt::Key_Down);
            offered = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->text();
            auto *buttons = dialog->findChild<QDialogButtonBox *>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        });
        timer->start(20ms);
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(offered.endsWith(QStringLiteral(".csv")), qPrintable(offered));
        QTRY_VERIFY2_WITH_TIMEOUT(m_window->statusBar()->currentMessage().startsWith(
                                      QStringLiteral("Exported to")),
                                  qPrintable(m_window->statusBar()->currentMessage()), 20'000);
        QFile csv(m_folder.filePath(offered));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readAll().contains("sleep 20 ms"));
        QVERIFY(m_window->findChild<QAction *>(QStringLiteral("export"))->isEnabled());
    }

    void aLongExportShowsItsProgressAndIsCancelled()
    {
        QVERIFY(io::writeSleepers(path("long.coro"), 200'000));
        tasks::FileSession file;
        MainWindow window(file, *m_settings);
        QSignalSpy opened(&file, &tasks::FileSession::opened);
        QCOMPARE(file.open(path("long.coro")), std::nullopt);
        QVERIFY(opened.wait(120'000));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *action = window.findChild<QAction *>(QStringLiteral("export"));
        QVERIFY(action->isEnabled());
        answerDialog(path("long.json"));
        action->trigger();
        QVERIFY(!action->isEnabled()); // one at a time
        const auto form = [&] { return window.findChild<QProgressDialog *>(); };
        QTRY_VERIFY_WITH_TIMEOUT(form() && form()->isVisible() && form()->value() > 2, 60'000);
        QVERIFY(form()->labelText().contains(QStringLiteral("long.json")));
        QTest::mouseClick(form()->findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(window.statusBar()->currentMessage().startsWith(
                                      QStringLiteral("Cancelled")),
                                  qPrintable(window.statusBar()->currentMessage()), 20'000);
        QVERIFY(!form());
        QVERIFY(action->isEnabled());
        const auto left = QDir(m_folder.path()).entryList({QStringLiteral("long.json*")}, QDir::Files);
        QCOMPARE(left, QStringList());
    }

    void theButtonRecordsUntilItIsPressedAgain()
    {
        sleepOnce();
        answerDialog(path("live.coro"));
        QTest::mouseClick(recordButton(), Qt::LeftButton);
        QVERIFY(recordButton()->isChecked());
        QCOMPARE(recordButton()->text(), QStringLiteral("■"));
        QVERIFY(recordButton()->toolTip().contains(QStringLiteral("live.coro")));
        sleepOnce();
        QTest::mouseClick(recordButton(), Qt::LeftButton);
        QVERIFY(!recordButton()->isChecked());
        QCOMPARE(recordButton()->text(), QStringLiteral("●"));

        model::TraceStore store;
        QFile file(path("live.coro"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto read = io::readTrace(file, store);
        QVERIFY(std::holds_alternative<io::ReadReport>(read));
        QCOMPARE(std::get<io::ReadReport>(read).fault, std::nullopt);
        QCOMPARE(store.figures().tasksByState[std::size_t(model::TaskState::Done)], 2u);
    }

    void aFileThatCannotBeWrittenIsSaidAndNothingIsRecorded()
    {
        answerDialog(path("settings.ini/live.coro"));
        QTimer::singleShot(1s, this, [] { // the dialog itself may refuse it
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
                dialog->reject();
        });
        QTest::mouseClick(recordButton(), Qt::LeftButton);
        QVERIFY(!recordButton()->isChecked());
    }

    void notesAreSavedWithTheSession()
    {
        sleepOnce();
        model::notesOf(m_session->store())
            .add({.time = 5ms, .end = {}, .task = {}, .text = QStringLiteral("here"), .id = {}});
        QCOMPARE(m_session->save(path("notes.coro")), std::nullopt);

        tasks::FileSession file;
        QSignalSpy opened(&file, &tasks::FileSession::opened);
        QCOMPARE(file.open(path("notes.coro")), std::nullopt);
        QVERIFY(opened.wait(20'000));
        model::NoteList &notes = model::notesOf(file.store());
        QCOMPARE(notes.notes().size(), std::size_t(1));
        QCOMPARE(notes.notes()[0].text, QStringLiteral("here"));

        // And what is noted in the opened one can be saved in place.
        notes.add({.time = 9ms, .end = {}, .task = {}, .text = QStringLiteral("there"), .id = {}});
        const auto events = file.store().figures().events;
        QCOMPARE(file.save(path("notes.coro")), std::nullopt);
        tasks::FileSession again;
        QSignalSpy openedAgain(&again, &tasks::FileSession::opened);
        QCOMPARE(again.open(path("notes.coro")), std::nullopt);
        QVERIFY(openedAgain.wait(20'000));
        QCOMPARE(again.report().fault, std::nullopt);
        QCOMPARE(again.store().figures().events, events);
        QCOMPARE(model::notesOf(again.store()).notes().size(), std::size_t(2));
    }
};

QTEST_MAIN(TestRecordingCommands)
#include "tst_recordingcommands.moc"
