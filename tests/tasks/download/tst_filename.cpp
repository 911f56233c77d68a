// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/filename.h"

#include <QTest>

using namespace coroscope::download;

class TestFileName : public QObject
{
    Q_OBJECT
private slots:
    void anyTextBecomesOneSafeSegment_data()
    {
        QTest::addColumn<QString>("candidate");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *title, const QString &candidate, const char *name) {
            QTest::newRow(title) << candidate << QString::fromUtf8(name);
        };
        row("plain", "a.bin", "a.bin");
        row("empty", "", "index.html");
        row("traversal", "../../etc/passwd", "passwd");
        row("absolute", "/abs", "abs");
        row("two segments", "a/b", "b");
        row("backslashes", "..\\..\\evil.exe", "evil.exe");
        row("parent", "..", "index.html");
        row("current", ".", "index.html");
        row("many dots", "....x", ".x");
        row("hidden file stays", ".profile", ".profile");
        row("a queue's file", ".coroscope-queue", "_.coroscope-queue");
        row("what SQLite has beside it", "x/.Coroscope-Queue-journal", "_.Coroscope-Queue-journal");
        row("device", "CON", "_CON");
        row("device with extension", "nul.tar.gz", "_nul.tar.gz");
        row("serial port", "Com7.txt", "_Com7.txt");
        row("not a port", "com0", "com0");
        row("clock", "CLOCK$", "_CLOCK$");
        row("zero", QString::fromUtf8(QByteArray("x\0y", 3)), "xy");
        row("control characters", "a\nb\x7f", "ab");
        row("refused elsewhere", "a|b<c>d\"e?f*g:h", "a_b_c_d_e_f_g_h");
        row("trailing dots and spaces", "name. . ", "name");
        row("only spaces", "   ", "index.html");
        row("wide space under a dot", QString("a") + QChar(0x3000) + ".", "a");
        row("line separator", QString("a") + QChar(0x2028) + "b", "ab");
        row("Chinese", "中.txt", "中.txt");
        row("doubled backslash", "a\\\\b", "b");
        row("device in lower case", "con.txt", "_con.txt");
        row("device with spaces", "con .txt", "_con .txt");
        row("device in a folder", "x/LPT9", "_LPT9");
        row("device behind dots", "..CON", ".CON");
        row("separator behind a zero", QString::fromUtf8(QByteArray("x\0/y", 4)), "y");
        row("ends with a separator", "a/", "index.html");
        row("right-to-left override", QString("a") + QChar(0x202e) + "gpj.exe", "agpj.exe");
        row("half a pair", QString("a") + QChar(0xd800) + "b",
            "a\xef\xbf\xbd"
            "b");
        row("stream of NTFS", "a.txt:evil", "a.txt_evil");
    }
    void anyTextBecomesOneSafeSegment()
    {
        QFETCH(QString, candidate);
        QFETCH(QString, name);
        QCOMPARE(safeFileName(candidate), name);
    }

    void longNamesKeepTheirExtensionAndRoomForPart()
    {
        const QString ascii = safeFileName(QString(400, 'a') + ".tar.gz");
        QCOMPARE(ascii.toUtf8().size() + partSuffix.size(), 255);
        QVERIFY(ascii.endsWith("a.tar.gz"));
        const QString chinese = safeFileName(QString(200, QChar(0x4e2d)) + ".iso");
        QVERIFY(chinese.toUtf8().size() + partSuffix.size() <= 255);
        QVERIFY(chinese.endsWith(QString(QChar(0x4e2d)) + ".iso"));
        const QString emoji = safeFileName(QString::fromUtf8("\xf0\x9f\x98\x80").repeated(100));
        QVERIFY(emoji.toUtf8().size() + partSuffix.size() <= 255);
        QVERIFY(emoji.back().isLowSurrogate());
        QCOMPARE(safeFileName(QString(245, 'a') + "     " + QString(100, 'b')), QString(245, 'a'));
        const QString device = safeFileName("CON" + QString(300, ' ') + "x.txt");
        QVERIFY(device.startsWith("_CON ") && device.endsWith(" .txt"));
        const QString numbered = numberedFileName(ascii, 9999);
        QVERIFY(numbered.endsWith(" (9999).tar.gz"));
        QVERIFY(numbered.toUtf8().size() + partSuffix.size() <= 255);
    }

    void numberGoesBeforeTheExtension()
    {
        QCOMPARE(numberedFileName("a.txt", 0), QStringLiteral("a.txt"));
        QCOMPARE(numberedFileName("a.txt", 1), QStringLiteral("a (1).txt"));
        QCOMPARE(numberedFileName("a.tar.gz", 2), QStringLiteral("a (2).tar.gz"));
        QCOMPARE(numberedFileName("README", 3), QStringLiteral("README (3)"));
        QCOMPARE(numberedFileName(".profile", 4), QStringLiteral(".profile (4)"));
    }

    void nameOfAUrl_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *url, const char *name) {
            QTest::newRow(url) << QString(url) << QString::fromUtf8(name);
        };
        row("http://h/a/b.bin?x=1#y", "b.bin");
        row("http://h", "index.html");
        row("http://h/a/", "index.html");
        row("http://h/%E4%B8%AD.txt", "中.txt");
        row("http://h/a%20b.txt", "a b.txt");
        row("http://h/once%2520only.txt", "once%20only.txt");
        row("http://h/..%2F..%2Fetc%2Fpasswd", "passwd");
        row("http://h/x%00y", "xy");
        row("http://h/a%5Cb", "b");
        row("http://h/CON", "_CON");
        row("http://h/%FFa.txt", "ÿa.txt");
        row("http://h/..", "index.html");
    }
    void nameOfAUrl()
    {
        QFETCH(QString, url);
        QFETCH(QString, name);
        QCOMPARE(fileNameFor(QUrl(url), {}), name);
    }

    void chosenNameWinsThenTheServers()
    {
        const QUrl url("http://h/last.bin");
        QCOMPARE(fileNameFor(url, "mine.bin", "attachment; filename=theirs.bin"), QStringLiteral("mine.bin"));
        QCOMPARE(fileNameFor(url, {}, "attachment; filename=theirs.bin"), QStringLiteral("theirs.bin"));
        QCOMPARE(fileNameFor(url, {}, "attachment; filename=\"../../x\""), QStringLiteral("x"));
        QCOMPARE(fileNameFor(url, {}, "inline"), QStringLiteral("last.bin"));
        QCOMPARE(fileNameFor(url, {}, "attachment; filename=\"..\""), QStringLiteral("last.bin"));
        QCOMPARE(fileNameFor(url, {}, "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd"),
                 QStringLiteral("passwd"));
        QCOMPARE(fileNameFor(url, {}, "attachment; filename*=UTF-8''%2Fabs%5Cx"), QStringLiteral("x"));
    }

    void hiddenFileIsHadByItsOwnAddressAlone()
    {
        const QUrl asked("http://h/x.bin");
        const QUrl hidden("http://h/a/.profile");
        const QByteArray offer = "attachment; filename=.profile";
        const QString shown = "_.profile";
        QCOMPARE(fileNameFor(asked, asked, {}, offer), shown);
        QCOMPARE(fileNameFor(asked, hidden, {}, {}), shown); // redirected there
        QCOMPARE(fileNameFor(hidden, hidden, {}, {}), ".profile");
        QCOMPARE(fileNameFor(hidden, hidden, {}, offer), ".profile");
        QCOMPARE(fileNameFor(asked, hidden, ".profile", {}), ".profile"); // chosen
        const QByteArray longest = "attachment; filename=." + QByteArray(300, 'a');
        QCOMPARE(fileNameFor(asked, asked, {}, longest), '_' + ('.' + QString(248, 'a')));
    }

    void dispositionIsRead_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *header, const char *name) {
            QTest::newRow(header) << QByteArray(header) << QString::fromUtf8(name);
        };
        row("attachment; filename=a.txt", "a.txt");
        row("attachment; filename=\"a; b\\\"c\\\".txt\"; size=3", "a; b\"c\".txt");
        row("attachment; filename*=UTF-8''%E4%B8%AD.txt", "中.txt");
        row("attachment; filename=plain.txt; filename*=utf-8'en'%e2%82%ac.txt", "€.txt");
        row("attachment; filename*=iso-8859-1''%A3.txt; filename=x", "£.txt");
        row("attachment; filename*=broken; filename=x", "x");
        row("attachment; filename=\"unclosed", "unclosed");
        row("attachment; filename=\"a;b=c.txt\"", "a;b=c.txt");
        row("attachment; name=\"filename=evil\"; filename=good", "good");
        row("attachment; name=\"; filename=evil\"; filename=good", "good");
        row("attachment; name=\"filename=evil\"", "");
        row("attachment; foo; filename=a.txt", "a.txt");
        row("attachment;filename = \"a.txt\" ;x=y", "a.txt");
        row("ATTACHMENT; FileName=A.txt", "A.txt");
        row("attachment; filename=first; filename=second", "first");
        row("attachment; filename=\"a\\\\b\"", "a\\b");
        row("attachment; filename=\"a/b\"", "a/b");
        row("attachment; filename=\xa3.txt", "£.txt");
        row("attachment; filename=\xc2\xa3.txt", "£.txt");
        row("attachment; filename*=UTF-8''%ff.txt; filename=x", "x");
        row("attachment; filename*=utf-7''a; filename=x", "x");
        row("attachment; filename*0=\"long \"; filename*1=name.txt", "long name.txt");
        row("attachment; filename*1*=%AC.txt; filename*0*=UTF-8''%E2%82; filename=x", "€.txt");
        row("attachment; filename*0*=UTF-8''a%20; filename*1=\"b%20.txt\"", "a b%20.txt");
        row("attachment; filename*1=lost; filename=x", "x");
        row("attachment; filename=", "");
        row("attachment; =x; filename", "");
        row("; filename=x", "x");
        row("attachment", "");
        row("", "");
    }
    void dispositionIsRead()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, name);
        QCOMPARE(dispositionFileName(header), name);
    }
};

QTEST_GUILESS_MAIN(TestFileName)
#include "tst_filename.moc"
