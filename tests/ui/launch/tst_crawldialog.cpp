// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The crawl's form alone, and in the real window on the real session with a real server.
#include "ui/launch/crawldialog.h"

#include "core/tasks/localsession.h"
#include "tests/support/website.h"
#include "ui/tasks/taskview.h"
#include "ui/window/mainwindow.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace coroscope::test;
using namespace std::chrono_literals;

class TestCrawlDialog : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_settings.clear(); }
    void allThatIsTypedIsSubmitted();
    void whatIsWrongIsToldUnderItsField_data();
    void whatIsWrongIsToldUnderItsField();
    void recentEntryFillsTheForm();
    void passwordsAreInNoSetting();
    void itFitsASmallScreen();
    void aCrawlIsStartedFromTheToolBarAndItsPagesAreShown();
    void aCrawlOfADeadServerSaysWhy();

private:
    template<class Widget>
    static Widget *find(const QWidget &window, const char *name)
    {
        auto *widget = window.findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }
    static void type(QWidget *field, const QString &text)
    {
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
    }
    static tasks::CrawlSpec submittedBy(LaunchDialog &dialog)
    {
        QSignalSpy submitted(&dialog, &LaunchDialog::submitted);
        dialog.accept();
        return submitted.isEmpty() ? tasks::CrawlSpec()
                                   : std::get<tasks::CrawlSpec>(submitted[0][0].value<tasks::TaskSpec>());
    }
    static QStringList rows(const MainWindow &window, const char *view);

    QTemporaryDir m_folder;
    QSettings m_settings {m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    LaunchHistory m_history {m_settings};
};

/// "name: text" of each row, sorted.
QStringList TestCrawlDialog::rows(const MainWindow &window, const char *view)
{
    const QAbstractItemModel *model = find<TaskView>(window, view)->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row) {
        rows << QStringLiteral("%1: %2").arg(model->index(row, 0).data().toString(),
                                             model->index(row, 1).data().toString());
    }
    rows.sort();
    return rows;
}

void TestCrawlDialog::allThatIsTypedIsSubmitted()
{
    CrawlDialog dialog(m_history);
    QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
    auto *urls = find<QPlainTextEdit>(dialog, "url");
    QTest::keyClicks(urls, "http://a.org/x");
    QTest::keyClick(urls, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(urls, "https://b.org");
    QVERIFY(find<QPushButton>(dialog, "start")->isEnabled());
    type(find<QSpinBox>(dialog, "depth"), "3");
    type(find<QSpinBox>(dialog, "pages"), "250");
    type(find<QSpinBox>(dialog, "perHost"), "5");
    type(find<QLineEdit>(dialog, "delay"), "1.5");
    type(find<QLineEdit>(dialog, "bodyLimit"), "500 kB");
    for (const char *box : {"sameHost", "robots", "insecure"})
        QTest::keyClick(find<QCheckBox>(dialog, box), Qt::Key_Space);
    const tasks::CrawlSpec spec = submittedBy(dialog);
    QCOMPARE(spec.urls, (QList<QUrl> {QUrl("http://a.org/x"), QUrl("https://b.org")}));
    QCOMPARE(spec.depth, 3);
    QCOMPARE(spec.pages, 250);
    QCOMPARE(spec.perHost, 5);
    QVERIFY(spec.delay == 1500ms);
    QCOMPARE(spec.bodyLimit, 500'000);
    QVERIFY(!spec.sameHost && !spec.obeysRobots && spec.insecure);
}

void TestCrawlDialog::whatIsWrongIsToldUnderItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("scheme") << "url" << "ftp://h/" << "http";
    QTest::newRow("no delay") << "delay" << "" << "500ms";
    QTest::newRow("no time") << "delay" << "soon" << "500ms";
    QTest::newRow("too long a delay") << "delay" << "2h" << "an hour";
    QTest::newRow("no size") << "bodyLimit" << "big" << "4 MiB";
    QTest::newRow("nothing to be read") << "bodyLimit" << "0" << "4 MiB";
    QTest::newRow("a rate") << "bodyLimit" << "1 MB/s" << "4 MiB";
    QTest::newRow("too big a size") << "bodyLimit" << "2 GB" << "1 GiB";
}

void TestCrawlDialog::whatIsWrongIsToldUnderItsField()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, says);
    CrawlDialog dialog(m_history);
    find<QPlainTextEdit>(dialog, "url")->setPlainText("http://h/");
    QVERIFY(find<QPushButton>(dialog, "start")->isEnabled());
    auto *widget = dialog.findChild<QWidget *>(field);
    QVERIFY(widget);
    type(widget, text);
    if (text.isEmpty())
        QTest::keyClick(widget, Qt::Key_Delete);
    QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
    const auto *message = find<QLabel>(dialog, qPrintable(field + "Message"));
    QVERIFY2(message->text().contains(says), qUtf8Printable(message->text()));
    QCOMPARE(message->property("role").toString(), "error");
}

void TestCrawlDialog::recentEntryFillsTheForm()
{
    const tasks::CrawlSpec typed {.urls = {QUrl("http://a.org/x"), QUrl("http://b.org/")},
                                  .depth = 4,
                                  .sameHost = false,
                                  .obeysRobots = false,
                                  .perHost = 7,
                                  .delay = 350ms,
                                  .pages = 12,
                                  .bodyLimit = 12'345,
                                  .insecure = true,
                                  .caFile = QStringLiteral("/ca.pem")};
    m_history.add(LaunchHistory::Kind::Crawl, typed);
    CrawlDialog dialog(m_history);
    QVERIFY(find<QPlainTextEdit>(dialog, "url")->toPlainText().isEmpty());
    auto *entry = dialog.findChild<QMenu *>()->actions().first();
    QCOMPARE(entry->text(), "http://a.org/x and 1 more, depth 4");
    entry->trigger();
    QCOMPARE(toJson(submittedBy(dialog)), toJson(typed));
    QCOMPARE(m_history.entries(LaunchHistory::Kind::Crawl).size(), 1); // the same one
}

void TestCrawlDialog::passwordsAreInNoSetting()
{
    CrawlDialog dialog(m_history);
    find<QPlainTextEdit>(dialog, "url")->setPlainText("http://me:s3cret@127.0.0.1/");
    QCOMPARE(submittedBy(dialog).urls.value(0).password(), "s3cret");
    m_settings.sync();
    QFile file(m_settings.fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(kept.contains("127.0.0.1"));
    QVERIFY2(!kept.contains("s3cret"), kept.constData());
}

void TestCrawlDialog::itFitsASmallScreen()
{
    CrawlDialog dialog(m_history);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    constexpr QSize room(800, 560); // of 800 × 600, less a title bar
    QVERIFY2(dialog.height() <= room.height() && dialog.width() <= room.width(),
             qPrintable(QStringLiteral("%1 × %2").arg(dialog.width()).arg(dialog.height())));
}

void TestCrawlDialog::aCrawlIsStartedFromTheToolBarAndItsPagesAreShown()
{
    ScriptedServer server(serves(SiteMap {{"/robots.txt", whole("User-agent: *\nDisallow: /secret\n")},
                                          {"/", html("The home", {"/a", "/secret"})},
                                          {"/a", html("A page", {"/b"})},
                                          {"/b", html("B", {})},
                                          {"/secret", html("Secret", {})}}));
    tasks::LocalSession session;
    MainWindow window(session, m_settings);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    // The menu of "Task ▾" runs an event loop of its own.
    QTimer::singleShot(0, this, [] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->objectName() == "crawl")
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        }
        if (menu->isVisible())
            menu->close();
    });
    QTest::mouseClick(find<QToolButton>(window, "otherTasks"), Qt::LeftButton);
    QTRY_VERIFY(qobject_cast<CrawlDialog *>(QApplication::activeModalWidget()));
    auto &dialog = *qobject_cast<CrawlDialog *>(QApplication::activeModalWidget());
    type(find<QLineEdit>(dialog, "delay"), "0");
    auto *urls = find<QPlainTextEdit>(dialog, "url");
    QTest::mouseClick(urls->viewport(), Qt::LeftButton);
    QTest::keyClicks(urls, server.url().toString());
    QTest::keyClick(urls, Qt::Key_Return);

    QTRY_VERIFY_WITH_TIMEOUT(rows(window, "done").size() == 5 && rows(window, "pending").isEmpty(), 10'000);
    const QStringList done = rows(window, "done");
    const QString all = done.join(u'\n');
    QVERIFY2(done.contains("crawl 127.0.0.1: 2 pages, 88 characters, 1 forbidden"), qPrintable(all));
    QVERIFY2(all.contains("The home: 54 characters, 2 links"), qPrintable(all));
    QVERIFY2(all.contains("A page: "), qPrintable(all));
    QVERIFY2(all.contains("robots.txt forbids it"), qPrintable(all));
    QCOMPARE(sortedPaths(server), (QList<QByteArray> {"/", "/a", "/robots.txt"}));
    QTRY_COMPARE(find<QLabel>(window, "inspectorTitle")->text(), "crawl 127.0.0.1");
}

void TestCrawlDialog::aCrawlOfADeadServerSaysWhy()
{
    tasks::LocalSession session;
    MainWindow window(session, m_settings);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY(qobject_cast<CrawlDialog *>(QApplication::activeModalWidget()));
    auto *urls = find<QPlainTextEdit>(*QApplication::activeModalWidget(), "url");
    QTest::keyClicks(urls, "http://127.0.0.1:1/");
    QTest::keyClick(urls, Qt::Key_Return);
    const auto crawlRow = [&] { return rows(window, "done").filter(QStringLiteral("crawl 127.0.0.1")); };
    QTRY_COMPARE_WITH_TIMEOUT(crawlRow().size(), 1, 10'000);
    QVERIFY2(crawlRow()[0].contains("refused", Qt::CaseInsensitive)
                 || crawlRow()[0].contains("connect", Qt::CaseInsensitive),
             qPrintable(crawlRow()[0]));
}

QTEST_MAIN(TestCrawlDialog)
#include "tst_crawldialog.moc"
