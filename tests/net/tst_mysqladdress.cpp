// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqladdress.h"

#include <QTest>

using namespace coroscope::net;

class TestMySqlAddress : public QObject
{
    Q_OBJECT

    static MySqlAddress parsed(const char *url)
    {
        const auto result = parseMySqlUrl(QUrl(QString::fromUtf8(url)));
        return std::holds_alternative<MySqlAddress>(result) ? std::get<MySqlAddress>(result) : MySqlAddress();
    }
    static Error error(const char *url)
    {
        const auto result = parseMySqlUrl(QUrl(QString::fromUtf8(url)));
        return std::holds_alternative<Error>(result) ? std::get<Error>(result) : Error();
    }

private slots:
    void wholeAddressIsTakenApart()
    {
        const MySqlAddress address = parsed("mysql://me:secret@db.example:3307/shop");
        QCOMPARE(address.host, QStringLiteral("db.example"));
        QCOMPARE(address.port, quint16(3307));
        QCOMPARE(address.user, QByteArray("me"));
        QCOMPARE(address.password, QByteArray("secret"));
        QCOMPARE(address.database, QStringLiteral("shop"));
        QVERIFY(address.tls == MySqlTls::Disabled);
        QCOMPARE(address.hostAndPort(), QStringLiteral("db.example:3307"));
    }

    void whatIsLeftOutHasItsDefault()
    {
        const MySqlAddress address = parsed("mysql://localhost");
        QCOMPARE(address.port, quint16(3306));
        QCOMPARE(address.user, QByteArray());
        QCOMPARE(address.password, QByteArray());
        QCOMPARE(address.database, QString());
    }

    void partsArePercentDecoded()
    {
        const MySqlAddress address = parsed("mysql://m%40e:p%3A%2F%25%40%C3%A4@h/a%20b");
        QCOMPARE(address.user, QByteArray("m@e"));
        QCOMPARE(address.password, QByteArray("p:/%@\xC3\xA4"));
        QCOMPARE(address.database, QStringLiteral("a b"));
    }

    void ipv6HostIsShownInBrackets()
    {
        const MySqlAddress address = parsed("mysql://[::1]:3310/");
        QCOMPARE(address.host, QStringLiteral("::1"));
        QCOMPARE(address.hostAndPort(), QStringLiteral("[::1]:3310"));
    }

    void optionsAreRead()
    {
        QVERIFY(parsed("mysql://h?ssl-mode=required").tls == MySqlTls::Required);
        QVERIFY(parsed("mysql://h?ssl-mode=VERIFY_IDENTITY").tls == MySqlTls::VerifyIdentity);
        const MySqlAddress local = parsed("mysql://root@localhost/?socket=/run/mysqld/mysqld.sock");
        QCOMPARE(local.socket, QStringLiteral("/run/mysqld/mysqld.sock"));
        QCOMPARE(local.hostAndPort(), local.socket);
    }

    void wrongAddressSaysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("says");
        QTest::newRow("scheme") << QByteArray("http://h") << QStringLiteral("mysql://");
        QTest::newRow("no host") << QByteArray("mysql:///db") << QStringLiteral("host");
        QTest::newRow("port 0") << QByteArray("mysql://h:0") << QStringLiteral("port 0");
        QTest::newRow("port too large") << QByteArray("mysql://h:99999") << QStringLiteral("MySQL address");
        QTest::newRow("password alone") << QByteArray("mysql://:hush@h") << QStringLiteral("without a user");
        QTest::newRow("two databases") << QByteArray("mysql://h/a/b") << QStringLiteral("a/b");
        QTest::newRow("zero byte") << QByteArray("mysql://u:hush%00@h") << QStringLiteral("zero byte");
        QTest::newRow("option") << QByteArray("mysql://h?charset=latin1") << QStringLiteral("charset");
        QTest::newRow("ssl-mode") << QByteArray("mysql://h?ssl-mode=maybe") << QStringLiteral("maybe");
        QTest::newRow("TLS on a socket")
            << QByteArray("mysql://h?socket=/s&ssl-mode=required") << QStringLiteral("socket");
        QTest::newRow("fragment") << QByteArray("mysql://h/db#x") << QStringLiteral("#");
    }
    void wrongAddressSaysWhatIsWrong()
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, says);
        const Error wrong = error(url.constData());
        QVERIFY(wrong.kind == Error::Kind::Input);
        QVERIFY2(wrong.text().contains(says), qUtf8Printable(wrong.text()));
        QVERIFY(!wrong.text().contains(QStringLiteral("hush")));
    }
};

QTEST_APPLESS_MAIN(TestMySqlAddress)
#include "tst_mysqladdress.moc"
