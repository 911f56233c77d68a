// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/inputlist.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::download;

class TestInputList : public QObject
{
    Q_OBJECT
    const Request m_defaults {.folder = "/base", .headers = {{"X", "1"}}, .options = {.segments = 3}};

    InputList parsed(const char *text) const { return parseInput(QString::fromUtf8(text), m_defaults); }

    static QStringList urls(const InputList &list)
    {
        QStringList urls;
        for (const Request &request : list.requests)
            urls += request.url().toString();
        return urls;
    }
    static QString lines(const std::vector<InputError> &errors)
    {
        QStringList lines;
        for (const InputError &error : errors)
            lines += QStringLiteral("%1: %2").arg(error.line).arg(error.message);
        return lines.join('\n');
    }

private slots:
    void addressALineWithCommentsAndBlankLines()
    {
        const InputList list = parsed(
            "# my files\n\nhttp://h/a\n  # indented comment\nhttps://h/b # why\n   \n");
        QCOMPARE(urls(list), QStringList({"http://h/a", "https://h/b"}));
        QVERIFY2(list.errors.empty() && list.notes.empty(), qPrintable(lines(list.errors)));
        QCOMPARE(list.requests[0].folder, QStringLiteral("/base"));
        QVERIFY(list.requests[0].headers == m_defaults.headers);
        QCOMPARE(list.requests[1].options.segments, 3);
    }

    void byteOrderMarkAndWindowsLinesAreFine()
    {
        const InputList list = parsed("\xef\xbb\xbfhttp://h/a\r\n  out=x\r\n\r\nhttp://h/b\r\n");
        QCOMPARE(urls(list), QStringList({"http://h/a", "http://h/b"}));
        QCOMPARE(list.requests[0].fileName, QStringLiteral("x"));
        QVERIFY(list.errors.empty());
    }

    void nothingIsNeitherErrorNorRequest()
    {
        QVERIFY(parsed("") == InputList());
        QVERIFY(parsed("\n# only this\n\r\n") == InputList());
        QVERIFY(parseUrls({}, m_defaults) == InputList());
    }

    void mirrorsStandOnOneLine()
    {
        const InputList list = parsed("http://a/x\thttp://b/x\t\thttps://c/x\t# all the same\n");
        QCOMPARE(list.requests.size(), std::size_t(1));
        const QList<QUrl> wanted {QUrl("http://a/x"), QUrl("http://b/x"), QUrl("https://c/x")};
        QCOMPARE(list.requests[0].urls, wanted);
    }

    void optionsBelongToTheAddressAboveThem()
    {
        const InputList list = parsed("http://h/a\n"
                                      "  out=one.bin\n"
                                      "\tdir=sub\n"
                                      "  checksum=sha-256="
                                      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
                                      "  header=A: 1\n"
                                      "  # a comment between\n"
                                      "  header=B: 2\n"
                                      "  referer=http://r/\n"
                                      "http://h/b\n");
        QVERIFY2(list.errors.empty(), qPrintable(lines(list.errors)));
        const Request &first = list.requests[0];
        QCOMPARE(first.fileName, QStringLiteral("one.bin"));
        QCOMPARE(first.folder, QStringLiteral("/base/sub"));
        QVERIFY(first.checksum);
        QCOMPARE(first.headers.size(), 3);
        QCOMPARE(first.referer, QByteArray("http://r/"));
        QCOMPARE(list.requests[1].folder, QStringLiteral("/base"));
        QCOMPARE(list.requests[1].headers.size(), 1);
        QVERIFY(!list.requests[1].checksum);
    }

    void indentedAddressIsAnAddress()
    {
        QCOMPARE(urls(parsed("   http://h/a?out=x\n\thttp://h/b\n")),
                 QStringList({"http://h/a?out=x", "http://h/b"}));
    }

    void rangesAreMultiplied()
    {
        const InputList list = parsed("http://h/[1-2]{a,b}.bin\n  dir=sub\n  header=A: 1\n");
        QCOMPARE(urls(list),
                 QStringList({"http://h/1a.bin", "http://h/1b.bin", "http://h/2a.bin", "http://h/2b.bin"}));
        for (const Request &request : list.requests) {
            QCOMPARE(request.folder, QStringLiteral("/base/sub"));
            QCOMPARE(request.headers.size(), 2);
        }
        QCOMPARE(urls(parsed("http://[::1]:8080/[08-10]")),
                 QStringList({"http://[::1]:8080/08", "http://[::1]:8080/09", "http://[::1]:8080/10"}));
    }

    void mirrorsRunThroughTheirRangesTogether()
    {
        const InputList list = parsed("http://a/[1-2]\thttp://b/[01-02]\n");
        QCOMPARE(list.requests.size(), std::size_t(2));
        const QList<QUrl> second {QUrl("http://a/2"), QUrl("http://b/02")};
        QCOMPARE(list.requests[1].urls, second);
    }

    void loginMovesOutOfTheAddress()
    {
        const InputList list = parsed("http://jo:pa%20ss@h/a\nhttp://h/b\n");
        QCOMPARE(list.requests[0].url(), QUrl("http://h/a"));
        QCOMPARE(list.requests[0].credentials.user, QStringLiteral("jo"));
        QCOMPARE(list.requests[0].credentials.password, QStringLiteral("pa ss"));
        QVERIFY(list.requests[1].credentials.isEmpty());
        Request defaults = m_defaults;
        defaults.credentials.bearer = "token";
        const InputList others = parseInput("http://jo:x@h/a\nhttp://h/b", defaults);
        QVERIFY(others.requests[0].credentials.bearer.isEmpty());
        QCOMPARE(others.requests[1].credentials.bearer, QByteArray("token"));
    }

    void sameFileTwiceIsTakenOnceAndSaid_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("requests");
        QTest::addColumn<QString>("notes");
        const auto row = [](const char *text, int requests, const char *notes) {
            QTest::newRow(text) << QString(text) << requests << QString(notes);
        };
        row("http://h/a\n\nhttp://h/a\n", 1, "3: The same address as line 1, taken once.");
        row("http://h/a#x\nHTTP://H:80/a\n", 1, "2: The same address as line 1, taken once.");
        row("http://h\nhttp://h/\n", 1, "2: The same address as line 1, taken once.");
        row("http://h/a\nhttps://h/a\nhttp://h/A\n", 3, "");
        row("http://h/a\nhttp://h/a\n out=other\n", 2, "");
        row("http://h/a\nhttp://h/a\n dir=other\n", 2, "");
        row("http://h/[1-5]\nhttp://h/[4-6]\n", 6,
            "2: 2 of these addresses stand above already, they are taken once.");
        row("http://h/{a,a}\n", 1, "1: One of these addresses stands there twice, it is taken once.");
    }
    void sameFileTwiceIsTakenOnceAndSaid()
    {
        QFETCH(QString, text);
        QFETCH(int, requests);
        QFETCH(QString, notes);
        const InputList list = parseInput(text, m_defaults);
        QCOMPARE(int(list.requests.size()), requests);
        QCOMPARE(lines(list.notes), notes);
        QVERIFY(list.errors.empty());
    }

    void eachFaultIsNamedWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *title, const QString &text, int line, const char *named) {
            QTest::newRow(title) << text << line << QString(named);
        };
        row("a word", "http://h/a\n\nword\n", 3, "http://");
        row("another scheme", "ftp://h/a", 1, "ftp");
        row("no host", "# x\nhttp:///a", 2, "host");
        row("option without an address", "\n  out=x\nhttp://h/a", 2, "none");
        row("unknown option", "http://h/a\n  bt-tracker=x\n", 2, "bt-tracker");
        row("bad checksum", "http://h/a\n  out=x\n  checksum=md5=1\n", 3, "32");
        row("two addresses, one blank", "http://h/a http://h/b", 1, "tab");
        row("bad mirror", "http://h/a\tgopher://h/b", 1, "gopher");
        row("different ranges of mirrors", "http://h/[1-2]\thttp://i/[1-3]", 1, "numbers");
        row("different logins of mirrors", "http://u:secret@h/a\thttp://i/a", 1, "logins");
        row("name for several files", "http://h/[1-3]\n  out=x", 2, "one file");
        row("checksum for several files", "http://h/[1-3]\n  checksum=" + QString(32, '0'), 2, "one file");
        row("range backwards", "http://h/[3-1]", 1, "backwards");
        row("too many", "http://h/[1-100001]", 1, "too many");
        row("too many together", "http://h/[1-1000][1-1000]", 1, "too many");
        row("too many after others", "http://i/a\nhttp://h/[1-100000]", 2, "at once");
        row("control character", QString("http://h/a") + QChar(7) + "b", 1, "control");
    }
    void eachFaultIsNamedWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(QString, named);
        const InputList list = parseInput(text, m_defaults);
        QCOMPARE(list.errors.size(), std::size_t(1));
        QCOMPARE(list.errors[0].line, line);
        const QString message = list.errors[0].message;
        QVERIFY2(message.contains(named), qPrintable(message));
        QVERIFY2(!message.contains("secret"), qPrintable(message));
        QVERIFY(message.endsWith('.'));
    }

    void allFaultsAreNamedAndTheRestIsRead()
    {
        const InputList list = parsed(
            "http://h/a\nword\n  bad\nhttp://h/b\n  nonsense=1\n  out=\nhttp://h/c\n");
        QCOMPARE(urls(list), QStringList({"http://h/a", "http://h/c"}));
        QStringList numbers;
        for (const InputError &error : list.errors)
            numbers += QString::number(error.line);
        QCOMPARE(numbers, QStringList({"2", "3", "5", "6"}));
    }

    void asManyFilesAsAllowedAreTaken()
    {
        const InputList list = parsed("http://h/[1-100000]");
        QVERIFY(list.errors.empty());
        QCOMPARE(qint64(list.requests.size()), mostRequests);
        QCOMPARE(list.requests.back().url(), QUrl("http://h/100000"));
    }

    void longAddressesTimesManyFilesAreRefused()
    {
        const InputList list = parseInput("http://h/" + QString(16000, 'a') + "[1-100000]", m_defaults);
        QCOMPARE(list.errors.size(), std::size_t(1));
        QVERIFY(list.requests.empty());
    }

    void nameWithAPathIsNoted()
    {
        const InputList list = parsed("http://h/a\n  out=../../etc/passwd\n");
        QCOMPARE(list.requests[0].fileName, QStringLiteral("passwd"));
        QCOMPARE(list.notes.size(), std::size_t(1));
        QCOMPARE(list.notes[0].line, 2);
    }

    void wordsOfACommandLineAreNumbered()
    {
        const InputList list = parseUrls({"http://h/a", "word", "http://h/[1-2]", "http://h/a", "#x"},
                                         m_defaults);
        QCOMPARE(urls(list), QStringList({"http://h/a", "http://h/1", "http://h/2"}));
        QCOMPARE(list.errors.size(), std::size_t(2));
        QCOMPARE(list.errors[0].line, 2);
        QCOMPARE(list.errors[1].line, 5);
        QCOMPARE(lines(list.notes), QStringLiteral("4: The same address as argument 1, taken once."));
    }
};

QTEST_GUILESS_MAIN(TestInputList)
#include "tst_inputlist.moc"
