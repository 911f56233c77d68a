// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/downloaddialog.h"
#include "ui/launch/redisdialog.h"
#include "ui/launch/sleepdialog.h"
#include "ui/launch/urldrop.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestLaunchDialogs : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_settings.clear(); }
    void aWrongDurationIsToldUnderItsFieldAndCannotStart();
    void aBlockingSleepIsSubmitted();
    void aPastedListBecomesABatchWithItsLimit();
    void aWrongLineIsNamed();
    void aLongMessageCoversNothing();
    void droppedFilesAndLinksAreAdded();
    void theFolderIsRemembered();
    void redisCommandsAreSubmittedWithThePasswordFromItsField();
    void thePasswordIsInNoSetting();
    void aRecentEntryFillsTheForm();

private:
    template<class Widget>
    static Widget *find(QDialog &dialog, const char *name)
    {
        return dialog.findChild<Widget *>(QLatin1String(name));
    }
    static tasks::TaskSpec submittedBy(LaunchDialog &dialog)
    {
        QSignalSpy submitted(&dialog, &LaunchDialog::submitted);
        dialog.accept();
        return submitted.isEmpty() ? tasks::TaskSpec(tasks::FutureSpec {})
                                   : submitted[0][0].value<tasks::TaskSpec>();
    }

    QTemporaryDir m_folder;
    QSettings m_settings {m_folder.filePath("settings.ini"), QSettings::IniFormat};
    LaunchHistory m_history {m_settings};
};

void TestLaunchDialogs::aWrongDurationIsToldUnderItsFieldAndCannotStart()
{
    SleepDialog dialog(m_history);
    auto *field = find<QLineEdit>(dialog, "duration");
    auto *start = find<QPushButton>(dialog, "start");
    auto *message = find<QLabel>(dialog, "durationMessage");
    const QString hint = message->text();
    QVERIFY(start->isEnabled());
    field->setText("soon");
    QVERIFY(!start->isEnabled());
    QVERIFY(message->text() != hint);
    QCOMPARE(message->property("role").toString(), "error");
    field->setText("25h");
    QVERIFY2(message->text().contains("24"), qPrintable(message->text()));
    field->setText("0.5");
    QVERIFY(start->isEnabled());
    QCOMPARE(message->text(), hint);
    QCOMPARE(message->property("role").toString(), "dim");
}

void TestLaunchDialogs::aBlockingSleepIsSubmitted()
{
    SleepDialog dialog(m_history);
    find<QLineEdit>(dialog, "duration")->setText("250ms");
    find<QCheckBox>(dialog, "block")->setChecked(true);
    const auto spec = submittedBy(dialog);
    QCOMPARE(std::get<tasks::SleepSpec>(spec).duration, 250ms);
    QVERIFY(std::get<tasks::SleepSpec>(spec).block);
}

void TestLaunchDialogs::aPastedListBecomesABatchWithItsLimit()
{
    DownloadDialog dialog(m_settings, m_history);
    find<QLineEdit>(dialog, "folder")->setText(m_folder.path());
    QGuiApplication::clipboard()->setText("http://a/1.iso\n# a comment\n\nhttp://b/2.iso\n");
    find<QPlainTextEdit>(dialog, "url")->paste();
    find<QSpinBox>(dialog, "limit")->setValue(2);
    const auto spec = submittedBy(dialog);
    const auto &batch = std::get<tasks::BatchSpec>(spec);
    QCOMPARE(batch.downloads.size(), 2u);
    QCOMPARE(batch.downloads[1].url, QUrl("http://b/2.iso"));
    QCOMPARE(batch.downloads[0].folder, m_folder.path());
    QCOMPARE(batch.limit, 2);
}

void TestLaunchDialogs::aWrongLineIsNamed()
{
    DownloadDialog dialog(m_settings, m_history);
    find<QLineEdit>(dialog, "folder")->setText(m_folder.path());
    find<QPlainTextEdit>(dialog, "url")->setPlainText("http://a/1.iso\nnonsense");
    auto *message = find<QLabel>(dialog, "urlMessage");
    QVERIFY2(message->text().contains("Line 2"), qPrintable(message->text()));
    QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
}

void TestLaunchDialogs::aLongMessageCoversNothing()
{
    DownloadDialog dialog(m_settings, m_history);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto *urls = find<QPlainTextEdit>(dialog, "url");
    auto *message = find<QLabel>(dialog, "urlMessage");
    urls->setPlainText(QStringLiteral("http://localhost/a\n%1://host/file").arg(QString(200, u'x')));
    QTRY_VERIFY(message->height() >= message->heightForWidth(message->width()));
    QVERIFY(message->heightForWidth(message->width()) > 2 * message->fontMetrics().lineSpacing());
    QVERIFY(!message->geometry().intersects(urls->geometry()));
    auto *folder = find<QLineEdit>(dialog, "folder");
    const QRect folderPlace(folder->mapTo(&dialog, QPoint()), folder->size());
    QVERIFY(!message->geometry().intersects(folderPlace));
    QVERIFY(dialog.rect().contains(find<QPushButton>(dialog, "start")->mapTo(&dialog, QPoint(5, 5))));
}

void TestLaunchDialogs::droppedFilesAndLinksAreAdded()
{
    QFile list(m_folder.filePath("list.txt"));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("http://a/1.iso\nhttp://a/2.iso\n");
    list.close();
    QFile binary(m_folder.filePath("program"));
    QVERIFY(binary.open(QIODevice::WriteOnly));
    binary.write(QByteArray("\x7f"
                            "ELF\0\xff\xfe",
                            7));
    binary.close();
    QMimeData data;
    data.setUrls({QUrl("http://b/3.iso"), QUrl::fromLocalFile(list.fileName()),
                  QUrl::fromLocalFile(binary.fileName())});
    QVERIFY(holdsUrls(data));

    DownloadDialog dialog(m_settings, m_history);
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&dialog, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&dialog, &drop);
    QCOMPARE(find<QPlainTextEdit>(dialog, "url")->toPlainText(),
             "http://b/3.iso\nhttp://a/1.iso\nhttp://a/2.iso");
    const QString message = find<QLabel>(dialog, "urlMessage")->text();
    QVERIFY2(message.contains("program") && message.contains("no text"), qPrintable(message));
}

void TestLaunchDialogs::theFolderIsRemembered()
{
    {
        DownloadDialog dialog(m_settings, m_history);
        find<QPlainTextEdit>(dialog, "url")->setPlainText("http://a/1.iso");
        find<QLineEdit>(dialog, "folder")->setText(m_folder.path());
        submittedBy(dialog);
    }
    DownloadDialog again(m_settings, m_history);
    QCOMPARE(find<QLineEdit>(again, "folder")->text(), m_folder.path());
}

void TestLaunchDialogs::redisCommandsAreSubmittedWithThePasswordFromItsField()
{
    RedisDialog dialog(m_history);
    find<QLineEdit>(dialog, "url")->setText("redis://127.0.0.1:6390/2");
    find<QLineEdit>(dialog, "password")->setText("p@ss/word");
    auto *commands = find<QPlainTextEdit>(dialog, "command");
    QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
    commands->setPlainText("HSET car wheels \"4 of\"\nHGETALL car");
    QVERIFY(find<QPushButton>(dialog, "start")->isEnabled());
    const auto spec = std::get<tasks::RedisSpec>(submittedBy(dialog));
    QCOMPARE(spec.url.password(QUrl::FullyDecoded), "p@ss/word");
    QCOMPARE(spec.url.port(), 6390);
    QCOMPARE(spec.commands,
             (QList<QList<QByteArray>> {{"HSET", "car", "wheels", "4 of"}, {"HGETALL", "car"}}));
}

void TestLaunchDialogs::thePasswordIsInNoSetting()
{
    {
        RedisDialog dialog(m_history);
        find<QLineEdit>(dialog, "url")->setText("redis://someone:s3cretA@127.0.0.1:6390");
        find<QPlainTextEdit>(dialog, "command")->setPlainText("AUTH s3cretB\nPING");
        submittedBy(dialog);
        RedisDialog other(m_history);
        find<QLineEdit>(other, "url")->setText("redis://someone@127.0.0.1:6390");
        find<QLineEdit>(other, "password")->setText("s3cretC");
        find<QPlainTextEdit>(other, "command")->setPlainText("PING");
        submittedBy(other);
    }
    m_settings.sync();
    QFile file(m_settings.fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray saved = file.readAll();
    QVERIFY(saved.contains("PING"));
    QVERIFY2(!saved.contains("s3cret"), saved.constData());
    RedisDialog again(m_history);
    QVERIFY(find<QLineEdit>(again, "password")->text().isEmpty());
}

void TestLaunchDialogs::aRecentEntryFillsTheForm()
{
    {
        RedisDialog dialog(m_history);
        find<QLineEdit>(dialog, "url")->setText("redis://127.0.0.1:6390/2");
        find<QPlainTextEdit>(dialog, "command")->setPlainText("SET a \"b c\"\nGET a");
        submittedBy(dialog);
    }
    RedisDialog dialog(m_history);
    const auto menus = dialog.findChildren<QMenu *>();
    QCOMPARE(menus.size(), 1);
    QCOMPARE(menus[0]->actions().size(), 1);
    menus[0]->actions()[0]->trigger();
    QCOMPARE(find<QLineEdit>(dialog, "url")->text(), "redis://127.0.0.1:6390/2");
    QCOMPARE(find<QPlainTextEdit>(dialog, "command")->toPlainText(), "SET a \"b c\"\nGET a");
    QVERIFY(find<QPushButton>(dialog, "start")->isEnabled());
}

QTEST_MAIN(TestLaunchDialogs)
#include "tst_launchdialogs.moc"
