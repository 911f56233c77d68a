// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/redisdialog.h"
#include "ui/launch/sleepdialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
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
