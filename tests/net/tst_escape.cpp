// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/escape.h"

#include <QTest>

using coroscope::net::escaped;

class TestEscape : public QObject
{
    Q_OBJECT
private slots:
    void bytesBecomeReadableText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QByteArray() << QString();
        QTest::newRow("ASCII") << QByteArray("key 1") << QStringLiteral("key 1");
        QTest::newRow("Chinese") << QByteArray("返回值") << QStringLiteral("返回值");
        QTest::newRow("beyond the basic plane") << QByteArray("😀") << QStringLiteral("😀");
        QTest::newRow("line feeds") << QByteArray("a\r\n\tb") << QStringLiteral("a\\r\\n\\tb");
        QTest::newRow("zero") << QByteArray("a\0b", 3) << QStringLiteral("a\\x00b");
        QTest::newRow("invalid UTF-8") << QByteArray("\xff\xfe") << QStringLiteral("\\xff\\xfe");
        QTest::newRow("cut UTF-8") << QByteArray("\xe8\xbf") << QStringLiteral("\\xe8\\xbf");
        QTest::newRow("overlong") << QByteArray("\xe0\x80\xaf") << QStringLiteral("\\xe0\\x80\\xaf");
        QTest::newRow("right-to-left override")
            << QByteArray("\xe2\x80\xae") << QStringLiteral("\\xe2\\x80\\xae");
    }
    void bytesBecomeReadableText()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(escaped(bytes), text);
    }

    void longBytesAreCutAndCounted()
    {
        QCOMPARE(escaped(QByteArray(1000000, 'x'), 3), QStringLiteral("xxx… (1,000,000 bytes)"));
    }
};

QTEST_GUILESS_MAIN(TestEscape)
#include "tst_escape.moc"
