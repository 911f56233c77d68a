// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// Examples that run in the real window on the real session.
#include "core/tasks/localsession.h"
#include "ui/gallery/codeview.h"
#include "ui/gallery/runpicture.h"
#include "ui/tasks/taskview.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestGalleryWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void theGalleryTakesTheInspectorsPlaceUntilItIsClosed();
    void aDoubleClickRunsAnExampleAndTheConsoleShowsItsLines();
    void theLineOfASuspendedTaskIsMarkedUntilItGoesOn();
    void threeTasksAtOneLineAreMarkedTogether();
    void aFutureThatNobodySetsIsSetByHand();
    void twoRunsAreComparedAtTheSameScale();

private:
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_window->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the window has no %s", name);
        return widget;
    }
    QString consoleText() const { return find<QPlainTextEdit>("console")->toPlainText(); }
    QString state() const { return find<QLabel>("exampleState")->text(); }
    void run(const QString &id, const QString &speed);
    QStringList markedText() const;

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<tasks::LocalSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestGalleryWindow::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
    m_session = std::make_unique<tasks::LocalSession>();
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(find<QWidget>("gallery")->isVisible());
}

void TestGalleryWindow::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_settings->clear();
}

/// Chooses an example in the list with the mouse, and runs it by a double click.
void TestGalleryWindow::run(const QString &id, const QString &speed)
{
    auto *field = find<QLineEdit>("example-speed");
    field->selectAll();
    QTest::keyClicks(field, speed);
    auto *list = find<QTreeWidget>("examples");
    const QList<QTreeWidgetItem *> found = list->findItems(id, Qt::MatchExactly, 0);
    QCOMPARE(found.size(), 1);
    list->scrollToItem(found[0]);
    const QPoint place = list->visualItemRect(found[0]).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
}

QStringList TestGalleryWindow::markedText() const
{
    QStringList lines;
    const auto *program = find<CodeView>("program");
    const QMap<int, QString> marks = program->marks();
    for (auto mark = marks.begin(); mark != marks.end(); ++mark) {
        lines << program->document()->findBlockByNumber(mark.key() - 1).text().trimmed() + u'@'
                     + mark.value();
    }
    return lines;
}

void TestGalleryWindow::theGalleryTakesTheInspectorsPlaceUntilItIsClosed()
{
    QVERIFY(!find<QWidget>("inspector")->isVisible());
    QVERIFY(find<QAction>("examples")->isChecked());
    QTest::mouseClick(find<QToolButton>("closeExamples"), Qt::LeftButton);
    QVERIFY(!find<QWidget>("gallery")->isVisible());
    QVERIFY(find<QWidget>("inspector")->isVisible());
    QVERIFY(!find<QAction>("examples")->isChecked());
    m_window->showExample("gevent");
    QVERIFY(find<QWidget>("gallery")->isVisible());
    QVERIFY(find<QLabel>("exampleTitle")->text().startsWith("gevent"));
    find<QAction>("resetLayout")->trigger();
    QVERIFY(!find<QWidget>("gallery")->isVisible());
    QVERIFY(find<QWidget>("inspector")->isVisible());
}

void TestGalleryWindow::aDoubleClickRunsAnExampleAndTheConsoleShowsItsLines()
{
    run("task-1", "10");
    QTRY_VERIFY2(state().startsWith("Ended after "), qPrintable(state()));
    for (const char *line : {"main函数开始执行", "main函数执行结束", "返回值 返回值"})
        QTRY_VERIFY2(consoleText().contains(QString::fromUtf8(line)), line);
    const QAbstractItemModel *done = find<TaskView>("done")->model();
    QVERIFY(done->rowCount() >= 3);
    const TaskId selected = m_window->selection().task();
    QCOMPARE(m_session->store().task(selected)->name, "example task-1");
    QVERIFY(!find<QTreeWidget>("examples")->currentItem()->text(2).isEmpty());
}

void TestGalleryWindow::theLineOfASuspendedTaskIsMarkedUntilItGoesOn()
{
    QVERIFY(markedText().isEmpty());
    run("await-1", "2");
    QTRY_COMPARE(markedText().size(), 1);
    QVERIFY2(markedText()[0].startsWith("co_await stage.sleep(2s);@"), qPrintable(markedText()[0]));
    QVERIFY(state().startsWith("Running for "));
    QTRY_VERIFY(markedText().isEmpty());
    QTRY_VERIFY(state().startsWith("Ended after "));
}

void TestGalleryWindow::threeTasksAtOneLineAreMarkedTogether()
{
    run("gevent", "1");
    QTRY_VERIFY2(markedText().join(u'\n').contains("500ms"), qPrintable(markedText().join(u'\n')));
    const QStringList marks = markedText();
    const QStringList sleeping = marks.filter("500ms");
    QCOMPARE(sleeping.size(), 1);
    QVERIFY2(sleeping[0].count(u',') >= 2, qPrintable(sleeping[0]));
    QVERIFY2(marks.filter("co_await ga;").size() == 1, qPrintable(marks.join(u'\n')));
}

void TestGalleryWindow::aFutureThatNobodySetsIsSetByHand()
{
    run("future-1", "1");
    auto *byHand = find<QPushButton>("exampleFutures");
    QTRY_VERIFY(byHand->isVisible());
    QVERIFY2(state().contains("Nothing will resume it"), qPrintable(state()));
    QTest::mouseClick(byHand, Qt::LeftButton);
    auto *value = find<QLineEdit>("futureValue");
    QTRY_VERIFY(value->isVisible() && value->isEnabled());
    QTest::keyClicks(value, "666");
    QTest::mouseClick(find<QPushButton>("setResult"), Qt::LeftButton);
    QTRY_VERIFY2(state().startsWith("Ended after "), qPrintable(state()));
    QVERIFY(!byHand->isVisible());
}

void TestGalleryWindow::twoRunsAreComparedAtTheSameScale()
{
    auto *compare = find<QPushButton>("exampleCompare");
    run("await-2", "10");
    QTRY_VERIFY(state().startsWith("Ended after "));
    QVERIFY(!compare->isVisible());
    run("await-3", "10");
    QTRY_VERIFY(compare->isVisible());
    QTest::mouseClick(compare, Qt::LeftButton);
    auto *dialog = m_window->findChild<QDialog *>("comparison");
    QVERIFY(dialog && dialog->isVisible());
    const auto *first = dialog->findChild<RunPicture *>("firstPicture");
    const auto *second = dialog->findChild<RunPicture *>("secondPicture");
    QCOMPARE(dialog->findChild<QComboBox *>("firstRun")->currentText(), "await-3");
    QCOMPARE(dialog->findChild<QComboBox *>("secondRun")->currentText(), "await-2");
    QVERIFY(first->length() > 400ms);
    QCOMPARE(first->length().count(), second->length().count());
    QCOMPARE(first->laneNames().value(0), "example await-3");
    QCOMPARE(second->laneNames().value(0), "example await-2");
    QVERIFY(dialog->findChild<QLabel *>("firstFigures")->text().contains("busy"));
    dialog->close();
}

QTEST_MAIN(TestGalleryWindow)
#include "tst_gallerywindow.moc"
