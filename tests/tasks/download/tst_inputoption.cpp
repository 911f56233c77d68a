// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/inputoption.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace std::chrono_literals;

class TestInputOption : public QObject
{
    Q_OBJECT

    static Request with(std::initializer_list<const char *> lines)
    {
        Request request {.urls = {QUrl("http://h/a")}, .folder = "/base"};
        for (const char *line : lines) {
            const OptionResult result = applyInputOption(QString::fromUtf8(line), "/base", request);
            if (!result.fault.isEmpty())
                qWarning("%s: %s", line, qPrintable(result.fault));
        }
        return request;
    }

private slots:
    void optionsAreSet()
    {
        QCOMPARE(with({"out=x.bin"}).fileName, QStringLiteral("x.bin"));
        QCOMPARE(with({"OUT = x y.bin "}).fileName, QStringLiteral("x y.bin"));
        QCOMPARE(with({"dir=sub/two"}).folder, QStringLiteral("/base/sub/two"));
        QCOMPARE(with({"dir=/else/where/"}).folder, QStringLiteral("/else/where"));
        QCOMPARE(with({"dir=a/../b"}).folder, QStringLiteral("/base/b"));
        QCOMPARE(with({"dir=:/x"}).folder, QStringLiteral("/base/:/x"));
        QVERIFY(with({"checksum=md5=00112233445566778899aabbccddeeff"}).checksum.has_value());
        const QList<net::HttpHeader> headers {{"A", "1"}, {"B", "2=3"}};
        QVERIFY(with({"header=A: 1", "header=B: 2=3"}).headers == headers);
        QCOMPARE(with({"referer=http://r/"}).referer, QByteArray("http://r/"));
        QCOMPARE(with({"referer=*"}).referer, QByteArray("http://h/a"));
        const QList<net::HttpHeader> agent {{"User-Agent", "x/1"}};
        QVERIFY(with({"user-agent=x/1"}).headers == agent);
        QCOMPARE(with({"continue=false"}).options.resume, false);
        QVERIFY(with({"allow-overwrite=true"}).options.ifExists == IfExists::Overwrite);
        QCOMPARE(with({"max-download-limit=100K"}).options.bytesPerSecond, std::optional<qint64>(102400));
        QCOMPARE(with({"max-download-limit=2m"}).options.bytesPerSecond, std::optional<qint64>(2 << 20));
        QCOMPARE(with({"max-download-limit=0"}).options.bytesPerSecond, std::optional<qint64>());
        QCOMPARE(with({"lowest-speed-limit=10"}).options.lowSpeed->bytesPerSecond, qint64(10));
        QCOMPARE(with({"split=5"}).options.segments, 5);
        QCOMPARE(with({"max-tries=3"}).options.retries, 2);
        QVERIFY(with({"timeout=7"}).options.inactivity == 7s);
        const Request login = with({"http-user=jo", "http-passwd=s=e"});
        QCOMPARE(login.credentials.user, QStringLiteral("jo"));
        QCOMPARE(login.credentials.password, QStringLiteral("s=e"));
    }

    void whatCannotBeDoneIsNamed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown") << "bt-tracker=x" << "bt-tracker";
        QTest::newRow("no option") << "something" << "out=name";
        QTest::newRow("a header without its option") << "Authorization: Bearer secret=" << "out=name";
        QTest::newRow("out without a name") << "out=" << "out";
        QTest::newRow("dir without a folder") << "dir=" << "dir";
        QTest::newRow("dir that climbs out") << "dir=../../etc" << "out of the folder";
        QTest::newRow("dir that climbs out later") << "dir=a/../../etc" << "out of the folder";
        QTest::newRow("dir from home") << "dir=~/x" << "~";
        QTest::newRow("bad checksum") << "checksum=sha-256=12" << "64";
        QTest::newRow("bad header") << "header=secret" << "Name: value";
        QTest::newRow("no flag") << "continue=yes" << "true or false";
        QTest::newRow("no rate") << "max-download-limit=fast" << "bytes";
        QTest::newRow("rate beyond 64 bits") << "max-download-limit=9223372036854775807M" << "bytes";
        QTest::newRow("negative rate") << "max-download-limit=-1" << "bytes";
        QTest::newRow("no segments") << "split=0" << "split";
        QTest::newRow("no tries") << "max-tries=0" << "max-tries";
        QTest::newRow("no time") << "timeout=1.5" << "timeout";
    }
    void whatCannotBeDoneIsNamed()
    {
        QFETCH(QString, line);
        QFETCH(QString, named);
        Request request {.folder = "/base"};
        const Request before = request;
        const QString fault = applyInputOption(line, "/base", request).fault;
        QVERIFY2(fault.contains(named), qPrintable(fault));
        QVERIFY2(!fault.contains("secret"), qPrintable(fault));
        QVERIFY(request == before);
    }

    void nameWithAPathIsMadeSafeAndSaid()
    {
        for (const char *out : {"out=../../etc/passwd", "out=/etc/passwd", "out=a\\passwd"}) {
            Request request;
            const OptionResult result = applyInputOption(out, "/base", request);
            QCOMPARE(request.fileName, QStringLiteral("passwd"));
            QVERIFY2(result.note.contains("passwd"), qPrintable(result.note));
        }
    }

    void moreConnectionsThanAllowedAreCutAndSaid()
    {
        Request request;
        const OptionResult result = applyInputOption("split=64", "/base", request);
        QCOMPARE(request.options.segments, 16);
        QVERIFY(result.note.contains("16"));
    }
};

QTEST_GUILESS_MAIN(TestInputOption)
#include "tst_inputoption.moc"
