// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/headerline.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::download;

class TestHeaderLine : public QObject
{
    Q_OBJECT
private slots:
    void headersAreAddedInOrder()
    {
        Request request;
        QCOMPARE(addHeaderLine("X-One: 1", request), QString());
        QCOMPARE(addHeaderLine("x-two:a:b ", request), QString());
        QCOMPARE(addHeaderLine("X-One: again", request), QString());
        QCOMPARE(addHeaderLine("X-Empty:", request), QString());
        const QList<net::HttpHeader> wanted {{"X-One", "1"},
                                             {"x-two", "a:b"},
                                             {"X-One", "again"},
                                             {"X-Empty", ""}};
        QVERIFY(request.headers == wanted);
    }

    void refererHasItsOwnPlace()
    {
        Request request;
        QCOMPARE(addHeaderLine("referer: http://h/", request), QString());
        QCOMPARE(request.referer, QByteArray("http://h/"));
        QVERIFY(request.headers.isEmpty());
    }

    void loginsBecomeCredentials()
    {
        Request request;
        QCOMPARE(addHeaderLine("Authorization: Bearer abc.def", request), QString());
        QCOMPARE(request.credentials.bearer, QByteArray("abc.def"));
        QCOMPARE(addHeaderLine("authorization: basic " + QByteArray("jo:p:w").toBase64(), request),
                 QString());
        QCOMPARE(request.credentials.user, QStringLiteral("jo"));
        QCOMPARE(request.credentials.password, QStringLiteral("p:w"));
        QVERIFY(request.credentials.bearer.isEmpty());
        QVERIFY(request.headers.isEmpty());
        QCOMPARE(addHeaderLine("Authorization: AWS4 x", request), QString());
        QCOMPARE(request.headers.size(), 1);
    }

    void whatIsNoHeaderIsToldWithoutItsValue_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("no colon") << "secret";
        QTest::newRow("no name") << ": secret";
        QTest::newRow("space in the name") << "A b: secret";
        QTest::newRow("line feed") << "A: secret\r\nHost: evil";
        QTest::newRow("zero") << QString("A: secret") + QChar(0);
        QTest::newRow("ours") << "Range: bytes=secret-";
        QTest::newRow("ours, in another case") << "IF-RANGE: secret";
        QTest::newRow("encoding") << "Accept-Encoding: secret";
        QTest::newRow("not ASCII") << "Ä: secret";
    }
    void whatIsNoHeaderIsToldWithoutItsValue()
    {
        QFETCH(QString, line);
        Request request;
        const QString fault = addHeaderLine(line, request);
        QVERIFY(fault.endsWith('.'));
        QVERIFY2(!fault.contains("secret"), qPrintable(fault));
        QVERIFY(request == Request());
    }
};

QTEST_GUILESS_MAIN(TestHeaderLine)
#include "tst_headerline.moc"
