// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/mysqldialog.h"

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

class TestMySqlDialog : public QObject
{
    Q_OBJECT

    template<class Widget>
    static Widget *find(QDialog &dialog, const char *name)
    {
        return dialog.findChild<Widget *>(QLatin1String(name));
    }
    static tasks::MySqlSpec submittedBy(LaunchDialog &dialog)
    {
        QSignalSpy submitted(&dialog, &LaunchDialog::submitted);
        dialog.accept();
        return submitted.isEmpty() ? tasks::MySqlSpec()
                                   : std::get<tasks::MySqlSpec>(submitted[0][0].value<tasks::TaskSpec>());
    }

    QTemporaryDir m_folder;
    QSettings m_settings {m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    LaunchHistory m_history {m_settings};

private slots:
    void init() { m_settings.clear(); }

    void statementIsSubmittedWithThePasswordFromItsField()
    {
        MySqlDialog dialog(m_history);
        find<QLineEdit>(dialog, "url")->setText(QStringLiteral("me@127.0.0.1:3310/shop"));
        find<QLineEdit>(dialog, "password")->setText(QStringLiteral("p@ss/word"));
        QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
        find<QPlainTextEdit>(dialog, "sql")->setPlainText(QStringLiteral("SELECT 1\nFROM dual"));
        QVERIFY(find<QPushButton>(dialog, "start")->isEnabled());
        const tasks::MySqlSpec spec = submittedBy(dialog);
        QCOMPARE(spec.url.userName(), QStringLiteral("me"));
        QCOMPARE(spec.url.password(QUrl::FullyDecoded), QStringLiteral("p@ss/word"));
        QCOMPARE(spec.url.port(), 3310);
        QCOMPARE(spec.sql, QStringLiteral("SELECT 1\nFROM dual"));
    }

    void whatIsWrongIsToldUnderItsField_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says");
        QTest::newRow("scheme") << QStringLiteral("redis://h") << QStringLiteral("mysql://");
        QTest::newRow("port") << QStringLiteral("mysql://h:0") << QStringLiteral("port 0");
        QTest::newRow("ssl-mode") << QStringLiteral("mysql://h?ssl-mode=x") << QStringLiteral("ssl-mode");
    }
    void whatIsWrongIsToldUnderItsField()
    {
        QFETCH(QString, url);
        QFETCH(QString, says);
        MySqlDialog dialog(m_history);
        find<QPlainTextEdit>(dialog, "sql")->setPlainText(QStringLiteral("SELECT 1"));
        find<QLineEdit>(dialog, "url")->setText(url);
        QVERIFY(!find<QPushButton>(dialog, "start")->isEnabled());
        const auto *message = find<QLabel>(dialog, "urlMessage");
        QVERIFY2(message->text().contains(says), qUtf8Printable(message->text()));
        QCOMPARE(message->property("role").toString(), QStringLiteral("error"));
    }

    void passwordsAreInNoSetting()
    {
        MySqlDialog dialog(m_history);
        find<QLineEdit>(dialog, "url")->setText(QStringLiteral("mysql://me:s3cretA@127.0.0.1"));
        find<QPlainTextEdit>(dialog, "sql")
            ->setPlainText(QStringLiteral("CREATE USER u IDENTIFIED BY 's3cretB'"));
        submittedBy(dialog);
        m_settings.sync();
        QFile file(m_settings.fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.contains("CREATE USER u"));
        QVERIFY2(!kept.contains("s3cret"), kept.constData());
    }

    void recentEntryFillsTheForm()
    {
        MySqlDialog dialog(m_history);
        find<QLineEdit>(dialog, "url")->setText(QStringLiteral("mysql://me@127.0.0.1:3310/shop"));
        find<QPlainTextEdit>(dialog, "sql")->setPlainText(QStringLiteral("SHOW TABLES"));
        submittedBy(dialog);
        MySqlDialog again(m_history);
        QVERIFY(find<QPlainTextEdit>(again, "sql")->toPlainText().isEmpty());
        again.findChild<QMenu *>()->actions().first()->trigger();
        QCOMPARE(find<QLineEdit>(again, "url")->text(), QStringLiteral("mysql://me@127.0.0.1:3310/shop"));
        QCOMPARE(find<QPlainTextEdit>(again, "sql")->toPlainText(), QStringLiteral("SHOW TABLES"));
    }
};

QTEST_MAIN(TestMySqlDialog)
#include "tst_mysqldialog.moc"
