// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The menu that says how much of a session is kept, in the real window.
#include "core/tasks/localsession.h"
#include "ui/window/mainwindow.h"
#include "ui/window/retentionchoice.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestRetentionChoice : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("settings.ini")),
                                                 QSettings::IniFormat);
        m_session = std::make_unique<tasks::LocalSession>();
        m_session->store().setRetention(savedRetention(*m_settings));
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void aGigabyteIsKeptUnlessSomebodySaysOtherwise()
    {
        QCOMPARE(m_session->store().retention().memoryBytes, std::optional<std::uint64_t>(1'000'000'000));
        QCOMPARE(checked(), QStringList {QStringLiteral("the last 1 GB")});
        m_settings->setValue(QStringLiteral("session/keep"), QStringLiteral("rubbish"));
        QCOMPARE(savedRetention(*m_settings).memoryBytes, std::optional<std::uint64_t>(1'000'000'000));
    }

    void aChoiceCountsAtOnceAndIsRemembered()
    {
        click("keep-10min");
        QCOMPARE(m_session->store().retention().time, std::optional<model::Time>(10min));
        QVERIFY(!m_session->store().retention().memoryBytes);
        QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("the last 10 min")));
        QCOMPARE(checked(), QStringList {QStringLiteral("the last 10 min")});
        QCOMPARE(savedRetention(*m_settings).time, std::optional<model::Time>(10min));
        click("keep-all");
        QVERIFY(!m_session->store().retention().isLimited());
        QVERIFY(!savedRetention(*m_settings).isLimited());
    }

    void anotherLimitIsTyped()
    {
        type(QStringLiteral("90s, 64MB"));
        QCOMPARE(m_session->store().retention().time, std::optional<model::Time>(90s));
        QCOMPARE(m_session->store().retention().memoryBytes, std::optional<std::uint64_t>(64'000'000));
        QCOMPARE(checked().size(), 1); // it is offered, too
        type(QStringLiteral("a lot"));
        QCOMPARE(m_session->store().retention().time, std::optional<model::Time>(90s));
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("a lot")),
                 qPrintable(m_window->statusBar()->currentMessage()));
    }

private:
    QMenu *openMenu() const
    {
        auto *menu = m_window->findChild<QMenu *>(QStringLiteral("keepMenu"));
        if (!menu)
            qFatal("the window has no such menu");
        menu->popup({});
        return menu;
    }
    void click(const char *name) const
    {
        QMenu *menu = openMenu();
        auto *action = menu->findChild<QAction *>(QLatin1String(name));
        QVERIFY2(action, name);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    }
    QStringList checked() const
    {
        QMenu *menu = openMenu();
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (action->isChecked())
                texts << action->text();
        }
        menu->close();
        return texts;
    }
    void type(const QString &text) const
    {
        click("keepOther");
        QInputDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_window->findChild<QInputDialog *>(QStringLiteral("keepDialog"))));
        auto *field = dialog->findChild<QLineEdit *>();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!m_window->findChild<QInputDialog *>(QStringLiteral("keepDialog")));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<tasks::LocalSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestRetentionChoice)
#include "tst_retentionchoice.moc"
