// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redirects.h"

#include "core/net/error.h"

#include <QTest>

using namespace coroscope::net;

namespace {

QString followed(const char *start, const char *location)
{
    try {
        return Redirects(QUrl(start)).follow(QUrl(location)).toString(QUrl::FullyEncoded);
    } catch (const Exception &e) {
        return e.error().kind == Error::Kind::Redirect ? QStringLiteral("refused")
                                                       : QStringLiteral("wrong error");
    }
}

} // namespace

class TestRedirects : public QObject
{
    Q_OBJECT
private slots:
    void locationIsFollowedByTheRules_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("next");
        const auto row = [](const char *name, const char *start, const char *location, const char *next) {
            QTest::newRow(name) << QByteArray(start) << QByteArray(location) << QString(next);
        };
        row("absolute", "http://h/a", "http://g/b", "http://g/b");
        row("relative", "http://h/a/b?x", "c", "http://h/a/c");
        row("rooted", "http://h/a/b", "/c?d", "http://h/c?d");
        row("without scheme", "https://h/a", "//g/b", "https://g/b");
        row("to https", "http://h/a", "https://h/a", "https://h/a");
        row("https to http", "https://h/a", "http://h/a", "refused");
        row("to a file", "http://h/a", "file:///etc/passwd", "refused");
        row("to ftp", "http://h/a", "ftp://h/a", "refused");
        row("to itself", "http://h/a", "a", "refused");
        row("password stays at the host", "http://ann:hush@h/a", "/b", "http://ann:hush@h/b");
        row("password stays at the named port", "http://ann:hush@h/a", "http://h:80/b",
            "http://ann:hush@h:80/b");
        row("password doesn't go to another host", "http://ann:hush@h/a", "http://g/b", "http://g/b");
        row("password doesn't go to another port", "http://ann:hush@h/a", "http://h:81/b", "http://h:81/b");
        row("nobody's password is invented", "http://h/a", "http://eve:lure@g/b", "http://g/b");
    }
    void locationIsFollowedByTheRules()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, location);
        QFETCH(QString, next);
        QCOMPARE(followed(start, location), next);
    }

    void circleIsNamed()
    {
        Redirects redirects(QUrl("http://h/a"));
        redirects.follow(QUrl("b"));
        redirects.follow(QUrl("c"));
        QVERIFY_THROWS_EXCEPTION(Exception, redirects.follow(QUrl("b")));
    }

    void twentyAreFollowedAndNoMore()
    {
        Redirects redirects(QUrl("http://h/0"));
        for (int i = 1; i <= Redirects::most; ++i)
            redirects.follow(QUrl(QString::number(i)));
        QVERIFY_THROWS_EXCEPTION(Exception, redirects.follow(QUrl("21")));
    }
};

QTEST_GUILESS_MAIN(TestRedirects)
#include "tst_redirects.moc"
