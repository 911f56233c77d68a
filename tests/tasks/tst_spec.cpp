// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/spec.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope::tasks;
using namespace std::chrono_literals;

namespace {

TaskSpec readBack(const TaskSpec &spec)
{
    const QByteArray saved = QJsonDocument(toJson(spec)).toJson();
    const auto read = fromJson(QJsonDocument::fromJson(saved).object());
    const auto *error = std::get_if<FieldError>(&read);
    if (error)
        qWarning("%s: %s", qPrintable(error->field), qPrintable(error->message));
    return error ? TaskSpec(FutureSpec {"unreadable"}) : std::get<TaskSpec>(read);
}

template<class T>
QString faultyField(const std::variant<T, FieldError> &parsed)
{
    const auto *error = std::get_if<FieldError>(&parsed);
    return error && !error->message.isEmpty() ? error->field : QStringLiteral("none");
}

} // namespace

class TestSpec : public QObject
{
    Q_OBJECT
private slots:
    void namesReadAsInTheWindow()
    {
        QCOMPARE(defaultName(DownloadSpec {.url = QUrl("http://h/ubuntu.iso"),
                                           .folder = {},
                                           .fileName = {},
                                           .caFile = {}}),
                 QStringLiteral("GET ubuntu.iso"));
        QCOMPARE(defaultName(BatchSpec {.name = {}, .downloads = std::vector<DownloadSpec>(3)}),
                 QStringLiteral("batch of 3"));
        QCOMPARE(defaultName(RedisSpec {.url = QUrl("redis://:secret@host/1"), .commands = {}}),
                 QStringLiteral("redis host:6379"));
        QCOMPARE(defaultName(SleepSpec {500ms}), QStringLiteral("sleep 0.5 s"));
        QCOMPARE(defaultName(SleepSpec {3s, true}), QStringLiteral("block 3 s"));
        QCOMPARE(defaultName(FutureSpec {"answer"}), QStringLiteral("future “answer”"));
        QCOMPARE(defaultName(ExampleSpec {.id = "await-1"}), QStringLiteral("example await-1"));
        QCOMPARE(defaultName(CrawlSpec {.urls = {QUrl("http://host/a")}}), QStringLiteral("crawl host"));
        QCOMPARE(category(SleepSpec {}), "sleep");
        QCOMPARE(category(RedisSpec {}), "redis");
    }

    void everySpecCanBeSaved()
    {
        QTemporaryDir folder;
        const DownloadSpec download {.url = QUrl("https://h/a%20b?c=d"),
                                     .folder = folder.path(),
                                     .fileName = "n.bin",
                                     .timeout = 5s,
                                     .insecure = true,
                                     .caFile = "/ca.pem"};
        const auto back = std::get<DownloadSpec>(readBack(download));
        QCOMPARE(back.url, download.url);
        QCOMPARE(back.folder, download.folder);
        QCOMPARE(back.fileName, download.fileName);
        QCOMPARE(qint64(back.timeout.count()), 5000);
        QVERIFY(back.insecure);
        QCOMPARE(back.caFile, download.caFile);

        const auto batch = std::get<BatchSpec>(readBack(BatchSpec {"images", {download, download}, 3}));
        QCOMPARE(batch.name, QStringLiteral("images"));
        QCOMPARE(batch.downloads.size(), std::size_t(2));
        QCOMPARE(batch.limit, 3);

        const RedisSpec redis {.url = QUrl("rediss://h:7000/2"),
                               .commands = {{"SET", QByteArray("\xff\0", 2), "返回值"}, {"PING"}},
                               .pipelined = true,
                               .caFile = {}};
        const auto redisBack = std::get<RedisSpec>(readBack(redis));
        QCOMPARE(redisBack.url, redis.url);
        QCOMPARE(redisBack.commands, redis.commands);
        QVERIFY(redisBack.pipelined);

        const auto sleep = std::get<SleepSpec>(readBack(SleepSpec {250ms, true}));
        QCOMPARE(qint64(sleep.duration.count()), 250000000);
        QVERIFY(sleep.block);
        QCOMPARE(std::get<FutureSpec>(readBack(FutureSpec {"answer"})).name, QStringLiteral("answer"));

        ExampleSpec example {.id = "redis-2", .speed = 2.5, .decodeResponses = false};
        example.redis = {QUrl("redis://ann:hush@h/1"), QUrl("redis://h:7000")};
        const auto exampleBack = std::get<ExampleSpec>(readBack(example));
        QCOMPARE(exampleBack.id, QStringLiteral("redis-2"));
        QCOMPARE(exampleBack.speed, 2.5);
        QCOMPARE(exampleBack.redis, (QList {QUrl("redis://h/1"), QUrl("redis://h:7000")}));
        QVERIFY(!exampleBack.decodeResponses);

        const CrawlSpec crawl {.urls = {QUrl("http://h/"), QUrl("https://i/x?y")},
                               .depth = 3,
                               .sameHost = false,
                               .obeysRobots = false,
                               .perHost = 5,
                               .delay = 1500ms,
                               .pages = 7,
                               .bodyLimit = 1000,
                               .insecure = true,
                               .caFile = "/ca.pem"};
        const auto crawlBack = std::get<CrawlSpec>(readBack(crawl));
        QCOMPARE(crawlBack.urls, crawl.urls);
        QCOMPARE(crawlBack.depth, 3);
        QVERIFY(!crawlBack.sameHost && !crawlBack.obeysRobots && crawlBack.insecure);
        QCOMPARE(crawlBack.perHost, 5);
        QVERIFY(crawlBack.delay == 1500ms);
        QCOMPARE(crawlBack.pages, 7);
        QCOMPARE(crawlBack.bodyLimit, 1000);
        QCOMPARE(crawlBack.caFile, QStringLiteral("/ca.pem"));
    }

    void passwordIsNeverSaved()
    {
        const RedisSpec redis {.url = QUrl("redis://ann:hush@h/1"),
                               .commands = {{"AUTH", "hush"}, {"GET", "k"}},
                               .caFile = {}};
        const DownloadSpec download {.url = QUrl("https://ann:hush@h/f"),
                                     .folder = "/tmp",
                                     .fileName = {},
                                     .caFile = {}};
        for (const TaskSpec &spec :
             {TaskSpec(redis), TaskSpec(download), TaskSpec(BatchSpec {"b", {download}}),
              TaskSpec(ExampleSpec {.id = "redis-1", .redis = {redis.url}}),
              TaskSpec(CrawlSpec {.urls = {download.url}})}) {
            QVERIFY(!QJsonDocument(toJson(spec)).toJson().contains("hush"));
            QVERIFY(!defaultName(spec).contains("hush"));
        }
        const auto back = std::get<RedisSpec>(readBack(redis));
        QCOMPARE(back.url.userName(), QStringLiteral("ann"));
        QVERIFY(back.url.password().isEmpty());
    }

    void savedNonsenseIsNamed()
    {
        QCOMPARE(faultyField(fromJson({})), QStringLiteral("kind"));
        QCOMPARE(faultyField(fromJson({{"kind", "download"}, {"url", "ftp://h"}})), QStringLiteral("url"));
        QCOMPARE(faultyField(fromJson({{"kind", "batch"}})), QStringLiteral("downloads"));
        QCOMPARE(faultyField(fromJson({{"kind", "redis"}, {"url", "redis://h"}})), QStringLiteral("command"));
        QCOMPARE(faultyField(fromJson({{"kind", "sleep"}, {"seconds", -1}})), QStringLiteral("duration"));
    }

    void typedExampleIsChecked()
    {
        QCOMPARE(faultyField(parseExample("redis-1", "2", {}, {"redis://h"}, {})), QStringLiteral("none"));
        QCOMPARE(faultyField(parseExample("mysql-1", "", {}, {}, {"mysql://root@h/mysql"})),
                 QStringLiteral("none"));
        QCOMPARE(faultyField(parseExample("nothing", "", {}, {}, {})), QStringLiteral("id"));
        for (const char *speed : {"fast", "0", "-1", "nan", "1e9"})
            QCOMPARE(faultyField(parseExample("await-1", speed, {}, {}, {})), QStringLiteral("speed"));
        QCOMPARE(faultyField(parseExample("crawler", "", {"ftp://h"}, {}, {})), QStringLiteral("url"));
        QCOMPARE(faultyField(parseExample("redis-1", "", {}, {"http://h"}, {})), QStringLiteral("redis"));
        QCOMPARE(faultyField(parseExample("mysql-1", "", {}, {}, {"redis://h"})), QStringLiteral("mysql"));
        QCOMPARE(faultyField(parseExample("await-1", "", {"http://h"}, {}, {})), QStringLiteral("url"));
    }

    void typedCrawlIsChecked()
    {
        QCOMPARE(std::get<CrawlSpec>(parseCrawl("http://h/ https://i\nhttp://j")).urls.size(), 3);
        QCOMPARE(faultyField(parseCrawl(" ")), QStringLiteral("url"));
        QCOMPARE(faultyField(parseCrawl("ftp://h")), QStringLiteral("url"));
    }

    void typedDownloadIsChecked()
    {
        QTemporaryDir folder;
        QCOMPARE(faultyField(parseDownload(" http://h/f ", folder.path())), QStringLiteral("none"));
        QCOMPARE(faultyField(parseDownload("HTTPS://h", folder.path() + "/new/one")), QStringLiteral("none"));
        for (const char *url :
             {"", "h/f", "ftp://h/f", "http://", "http:///f", "file:///etc/passwd", "http://h:99999/"})
            QCOMPARE(faultyField(parseDownload(url, folder.path())), QStringLiteral("url"));
        QCOMPARE(faultyField(parseDownload("http://h/f", " ")), QStringLiteral("folder"));
        QCOMPARE(faultyField(parseDownload("http://h/f", "/proc/self/status")), QStringLiteral("folder"));
        QCOMPARE(faultyField(parseDownload("http://h/f", folder.path(), "a/b")), QStringLiteral("fileName"));
    }

    void typedRedisIsChecked()
    {
        const auto parsed = parseRedis("redis://h", "HSET car k \"a b\"\n\n  HGETALL car");
        QCOMPARE(faultyField(parsed), QStringLiteral("none"));
        const QList<QList<QByteArray>> commands {{"HSET", "car", "k", "a b"}, {"HGETALL", "car"}};
        QCOMPARE(std::get<RedisSpec>(parsed).commands, commands);
        QCOMPARE(std::get<RedisSpec>(parseRedis("127.0.0.1:7000", "PING")).url,
                 QUrl("redis://127.0.0.1:7000"));
        QCOMPARE(faultyField(parseRedis("", "PING")), QStringLiteral("url"));
        QCOMPARE(faultyField(parseRedis("http://h", "PING")), QStringLiteral("url"));
        QCOMPARE(faultyField(parseRedis("redis://h", "  ")), QStringLiteral("command"));
        QCOMPARE(faultyField(parseRedis("redis://h", "GET \"a")), QStringLiteral("command"));
        QCOMPARE(faultyField(parseRedis("redis://h", "SUBSCRIBE x")), QStringLiteral("command"));
        QCOMPARE(faultyField(parseRedis("redis://h", "AUTH")), QStringLiteral("command"));
    }

    void typedSleepIsChecked()
    {
        const auto parsed = parseSleep("1m30s", true);
        QCOMPARE(faultyField(parsed), QStringLiteral("none"));
        QVERIFY(std::get<SleepSpec>(parsed).duration == 90s);
        QVERIFY(std::get<SleepSpec>(parsed).block);
        QCOMPARE(faultyField(parseSleep("24h", false)), QStringLiteral("none"));
        QCOMPARE(faultyField(parseSleep("24h 1s", false)), QStringLiteral("duration"));
        QCOMPARE(faultyField(parseSleep("soon", false)), QStringLiteral("duration"));
    }

    void listOfUrlsSkipsCommentsAndRepeats()
    {
        const auto parsed = parseUrlList("# mirrors\nhttp://h/a\n\n  http://h/b\r\nhttp://h/a\n", "/tmp");
        QCOMPARE(faultyField(parsed), QStringLiteral("none"));
        QCOMPARE(std::get<0>(parsed).size(), std::size_t(2));
    }

    void listOfUrlsNamesTheLineThatIsWrong()
    {
        const auto parsed = parseUrlList("http://h/a\n#\nnonsense\n", "/tmp");
        QVERIFY(std::get<FieldError>(parsed).message.contains("Line 3"));
        QCOMPARE(faultyField(parseUrlList("# nothing", "/tmp")), QStringLiteral("url"));
    }
};

QTEST_GUILESS_MAIN(TestSpec)
#include "tst_spec.moc"
