// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/downloadurl.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::download;

class TestDownloadUrl : public QObject
{
    Q_OBJECT
private slots:
    void addressThatCanBeFetchedHasNoFault_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"http://h", "https://h/a.bin", "HTTP://H/a", "http://[::1]:8080/a", "http://h/a b.txt",
              "http://u:p@h/a", "http://münchen.example/ü", "http://h/%FF"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void addressThatCanBeFetchedHasNoFault()
    {
        QFETCH(QString, text);
        QUrl url;
        QCOMPARE(urlFault(text, url), QString());
        QVERIFY(url.isValid());
    }

    void anythingElseIsToldInASentenceWithoutThePassword_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << "" << "http://";
        QTest::newRow("a word") << "secret" << "http://";
        QTest::newRow("another scheme") << "ftp://u:secret@h/a" << "ftp";
        QTest::newRow("a local file") << "file:///etc/passwd" << "file";
        QTest::newRow("no host") << "http:///a" << "host";
        QTest::newRow("bad port") << "http://u:secret@h:99999/a" << "port";
        QTest::newRow("bad host") << "http://u:secret@a b/c" << "address";
        QTest::newRow("line feed") << "http://u:secret@h/a\nb" << "control";
        QTest::newRow("zero") << QString("http://h/a") + QChar(0) + "b" << "control";
        QTest::newRow("endless") << "http://h/" + QString(20000, 'a') << "longer";
    }
    void anythingElseIsToldInASentenceWithoutThePassword()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        QUrl url;
        const QString fault = urlFault(text, url);
        QVERIFY2(fault.contains(named), qPrintable(fault));
        QVERIFY2(!fault.contains("secret"), qPrintable(fault));
        QVERIFY(fault.endsWith('.'));
    }

    void loginIsTakenOutOfTheAddress()
    {
        QUrl url("http://jo%40x:p%3Aw%20d@h:81/a?b#c");
        const net::Credentials credentials = takeCredentials(url);
        QCOMPARE(credentials.user, QStringLiteral("jo@x"));
        QCOMPARE(credentials.password, QStringLiteral("p:w d"));
        QCOMPARE(url, QUrl("http://h:81/a?b#c"));
        QVERIFY(takeCredentials(url).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDownloadUrl)
#include "tst_downloadurl.moc"
