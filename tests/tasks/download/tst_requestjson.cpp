// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/requestjson.h"

#include "tests/tasks/download/fullrequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;

namespace {

/// Of JSON whose quotes are single ones.
std::optional<Request> readFrom(QByteArray text)
{
    return requestFrom(QJsonDocument::fromJson(text.replace('\'', '"')).object());
}

} // namespace

class TestRequestJson : public QObject
{
    Q_OBJECT
private slots:
    void everyFieldComesBack()
    {
        const Request request = test::fullRequest();
        const QByteArray text = QJsonDocument(toJson(request)).toJson();
        const auto read = requestFrom(QJsonDocument::fromJson(text).object());
        QVERIFY(read);
        QVERIFY(*read == request);
    }

    void everyPolicyAndAlgorithmComesBack()
    {
        Request request {.urls = {QUrl("http://h/a")}};
        for (const IfExists policy :
             {IfExists::Rename, IfExists::Skip, IfExists::Overwrite, IfExists::OnlyIfNewer}) {
            request.options.ifExists = policy;
            QCOMPARE(requestFrom(toJson(request))->options.ifExists, policy);
        }
        for (const auto algorithm :
             {QCryptographicHash::Md5, QCryptographicHash::Sha1, QCryptographicHash::Sha224,
              QCryptographicHash::Sha256, QCryptographicHash::Sha384, QCryptographicHash::Sha512,
              QCryptographicHash::Sha3_224, QCryptographicHash::Sha3_256, QCryptographicHash::Sha3_384,
              QCryptographicHash::Sha3_512}) {
            request.checksum = Checksum {algorithm, QByteArray("\0\xff", 2)};
            QVERIFY(requestFrom(toJson(request))->checksum == request.checksum);
        }
    }

    void plainRequestHasTheDefaults()
    {
        const Request request {.urls = {QUrl("http://h/a")}};
        QVERIFY(requestFrom(toJson(request)) == request);
        const QJsonObject least {{"urls", QJsonArray {"http://h/a"}}};
        QVERIFY(requestFrom(least) == request);
    }

    void textsAreTheSameAsOfEachAlone()
    {
        const Request full = test::fullRequest();
        Request mirrored = full;
        mirrored.urls = {QUrl("http://h/\"a\\b\"?c=\"\\#\"\\"),
                         QUrl(QStringLiteral("http://中.example/中 1"))};
        Request other = full;
        other.headers.clear();
        Request withLogin = other;
        withLogin.credentials.user = QStringLiteral("somebody");
        RequestTexts texts;
        for (const Request &request :
             {full, mirrored, full, other, withLogin, Request {.urls = {QUrl("http://h/a")}}, Request {},
              test::secretRequest(), full}) {
            QCOMPARE(texts.of(request), QJsonDocument(toJson(request)).toJson(QJsonDocument::Compact));
        }
    }

    void secretsAreLeftOut()
    {
        const QByteArray text = QJsonDocument(toJson(test::secretRequest())).toJson();
        QVERIFY2(!text.contains("SECRET"), text.constData());
        const auto read = requestFrom(QJsonDocument::fromJson(text).object());
        QVERIFY(read);
        QVERIFY(read->credentials.isEmpty());
        QCOMPARE(read->url(), QUrl("https://host:8443/a?b=c#d"));
        QCOMPARE(read->options.access.proxy, QStringLiteral("socks5://proxy:1080"));
        QCOMPARE(read->referer, "https://host/page?at=a@b");
        QCOMPARE(read->headers.size(), 1);
        QCOMPARE(read->headers[0].name, "X-Plain");
    }

    void whatIsNoRequestIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("no URL") << QByteArray("{'urls': []}");
        QTest::newRow("bad URL") << QByteArray("{'urls': ['http://']}");
        QTest::newRow("unknown checksum")
            << QByteArray("{'urls': ['http://h/'], 'checksum': {'algorithm': 'X', 'digest': '00'}}");
    }
    void whatIsNoRequestIsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!readFrom(text));
    }

    void numbersAreKeptInRange()
    {
        const QByteArray text = "{'urls': ['http://h/'], 'options': {'segments': 99, 'retries': -1, "
                                "'retryBudgetS': -5, 'inactivityMs': 0, 'bytesPerSecond': -1}}";
        const auto read = readFrom(text);
        QVERIFY(read);
        QCOMPARE(read->options.segments, 16);
        QCOMPARE(read->options.retries, 0);
        QCOMPARE(read->options.retryBudget.count(), 0);
        QCOMPARE(read->options.inactivity.count(), 1);
        QVERIFY(!read->options.bytesPerSecond);
    }

    void secretHeadersAreKnownByName_data()
    {
        QTest::addColumn<bool>("isSecret");
        for (const char *name :
             {"Authorization", "authorization", "Cookie", "Proxy-Authorization", "X-Api-Key", "X-Auth-Token",
              "Private-Token", "x-secret", "X-Password", "X-Session-Id"})
            QTest::newRow(name) << true;
        for (const char *name : {"Accept", "User-Agent", "X-Plain", "Accept-Language", "DNT"})
            QTest::newRow(name) << false;
    }
    void secretHeadersAreKnownByName()
    {
        QFETCH(bool, isSecret);
        QCOMPARE(isSecretHeader(QTest::currentDataTag()), isSecret);
    }
};

QTEST_GUILESS_MAIN(TestRequestJson)
#include "tst_requestjson.moc"
