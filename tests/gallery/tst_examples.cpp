// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/loopkind.h"
#include "core/gallery/gallery.h"
#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/net/localservices.h"
#include "core/net/samplecontent.h"
#include "core/runtime/future.h"
#include "core/runtime/workermain.h"
#include "examplerun.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/looptest.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using State = model::TaskState;

namespace {

/// What is recorded while it lives.
class Recording
{
public:
    Recording()
        : m_collector(m_store)
    {
        trace::startRecording();
    }
    ~Recording() { trace::stopRecording(); }
    model::TraceStore &store()
    {
        m_collector.collectAll();
        return m_store;
    }

private:
    model::TraceStore m_store;
    model::Collector m_collector;
};

QStringList numbers(int from, int to)
{
    QStringList lines;
    for (int i = from; i <= to; ++i)
        lines << QString::number(i);
    return lines;
}

QStringList counted(const QStringList &names, int times)
{
    QStringList lines;
    for (int i = 0; i < times; ++i) {
        for (const QString &name : names)
            lines << QString("%1 + %2").arg(name).arg(i);
    }
    return lines;
}

QList<int> each(const QList<int> &times, int repeated)
{
    QList<int> all;
    for (const int time : times)
        all << QList<int>(repeated, time);
    return all;
}

QStringList sorted(QStringList lines)
{
    lines.sort();
    return lines;
}

} // namespace

/// The examples of the tutorial: what Python 3.11 printed, in its order, at its times.
class ExamplesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<net::LocalServices> m_services;
    net::Endpoints m_endpoints;

    QList<QUrl> samplesFor(const QString &id) const
    {
        return gallery::sampleUrls(*gallery::findExample(id), m_endpoints.http);
    }

private slots:
    void initTestCase();
    void cleanupTestCase() { m_services.reset(); }

    void printsItsLinesInTime_data();
    void printsItsLinesInTime();
    void everySleepIsDividedByTheSpeed_data();
    void everySleepIsDividedByTheSpeed();

    void gevent_hasThreeTasksAsleepAtOnce();
    void await2_showsWhoAwaitsWhom();
    void task1_startsItsTasksAtTheNextTurn();
    void task2_fillsAndEmptiesTheSets();
    void task3_numbersItsTasks();
    void waitTimeout_leavesThePendingTasksAlone();
    void future1_waitsForNobodyUntilAHandSetsIt();

    void executorThread_runsFiveAndKeepsFive();
    void executorProcess_runsFiveProcesses();
    void executorAwait_leavesTheLoopFree();
    void executorDownload_savesWhatWasServed();

    void geventDownload_fetchesAllAtOnce();
    void crawler_sendsAllRequestsFirst();
    void aPageThatIsNotThereFailsItsTask();
    void redis1_writesAndReadsTheCar();
    void redis1_canShowBytes();
    void redis2_interleavesTwoServers();
    void mysql1_printsTheUsers();
    void mysql2_interleavesTwoServers();
    void loopSwap_hasARowALoop();

    void generator_blocksTheLoop();
    void greenlet_handsOverWithoutTheLoop();
    void asyncioRun_showsTheObjectFirst();
    void asyncContext_leavesWhatWasEnteredAlsoWhenCancelled();
};

void ExamplesTest::initTestCase()
{
    net::FileSite site;
    gallery::addSamples(site);
    m_services = std::make_unique<net::LocalServices>(site);
    connect(m_services.get(), &net::LocalServices::started, this,
            [this](const net::Endpoints &endpoints) { m_endpoints = endpoints; });
    m_services->start(net::LocalServices::Wanted::MySql);
    QTRY_VERIFY_WITH_TIMEOUT(!m_endpoints.http.isEmpty(), 60'000);
    QCOMPARE(m_endpoints.problems, QStringList());
}

void ExamplesTest::printsItsLinesInTime_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QList<int>>("times");
    QTest::addColumn<int>("wall");

    const QString value = "返回值";
    QTest::newRow("generator") << counted({"A", "B"}, 3) << QList {0, 0, 1000, 3000, 4000, 6000} << 7000;
    QTest::newRow("greenlet") << counted({"A", "B", "C"}, 5)
                              << QList {0,    0,    0,    500,  1000, 1500, 2000, 2500,
                                        3000, 3500, 4000, 4500, 5000, 5500, 6000}
                              << 6500;
    QTest::newRow("gevent") << counted({"A", "B", "C"}, 5) << each({0, 500, 1000, 1500, 2000}, 3) << 2500;
    QTest::newRow("asyncio-run") << QStringList {"协程函数"} << QList {0} << 0;
    QTest::newRow("await-1") << QStringList {"hello", "world"} << QList {0, 2000} << 2000;
    QTest::newRow("await-2") << QStringList {"执行协程函数内部代码", "start", "end",
                                             "IO请求结束,结果为:返回值"}
                             << QList {0, 0, 2000, 2000} << 2000;
    QTest::newRow("await-3") << QStringList {"执行协程函数内部代码",
                                             "start",
                                             "end",
                                             "response1请求结束,结果为:返回值",
                                             "start",
                                             "end",
                                             "response2 请求结束,结果为:返回值"}
                             << QList {0, 0, 2000, 2000, 2000, 4000, 4000} << 4000;
    QTest::newRow("task-1") << QStringList {"main函数开始执行", "main函数执行结束", "1", "1", "2", "2",
                                            "返回值 返回值"}
                            << QList {0, 0, 0, 0, 1000, 1000, 1000} << 1000;
    QTest::newRow("task-2") << QStringList {"main函数开始执行",
                                            "main函数执行结束",
                                            "1",
                                            "1",
                                            "2",
                                            "2",
                                            "{<Task finished name='n1' result='返回值'>, "
                                            "<Task finished name='n2' result='返回值'>}",
                                            "set()"}
                            << QList {0, 0, 0, 0, 1000, 1000, 1000, 1000} << 1000;
    // The runner is Task-1; the lines name the other two.
    QTest::newRow("task-3") << QStringList {"1",
                                            "1",
                                            "2",
                                            "2",
                                            "{<Task finished name='Task-1' result='返回值'>, "
                                            "<Task finished name='Task-2' result='返回值'>}",
                                            "set()"}
                            << QList {0, 0, 1000, 1000, 1000, 1000} << 1000;
    QTest::newRow("wait-timeout") << QStringList {"{<Task finished name='n1' result=0.5>}",
                                                  "{<Task pending name='n2'>, <Task pending name='n3'>}",
                                                  "{<Task finished name='n2' result=1.5>}",
                                                  "{<Task pending name='n3'>}",
                                                  "{<Task finished name='n3' result=3.0>}",
                                                  "set()"}
                                  << QList {1000, 1000, 1500, 1500, 3000, 3000} << 3000;
    QTest::newRow("future-2") << QStringList {"666"} << QList {2000} << 2000;
    QTest::newRow("async-iterator") << numbers(1, 99) << each({0}, 99) << 0;
    QTest::newRow("async-context") << QStringList {"666"} << QList {1000} << 2000;
}

void ExamplesTest::printsItsLinesInTime()
{
    QFETCH(QStringList, lines);
    QFETCH(QList<int>, times);
    QFETCH(int, wall);
    Loop loop(virtualTime());
    Prints prints;
    const auto task = start(QTest::currentDataTag(), prints.stage());
    QVERIFY(prints.lines().isEmpty());
    loop.runUntilIdle();
    QVERIFY(task.isDone());
    QVERIFY(!task.error());
    QCOMPARE(renumbered(prints.lines()), lines);
    QCOMPARE(prints.times(), times);
    QCOMPARE(timeOf(loop) + prints.blocked(), wall);
    QCOMPARE(loop.taskCount(), std::size_t(0));
}

void ExamplesTest::everySleepIsDividedByTheSpeed_data() { printsItsLinesInTime_data(); }

void ExamplesTest::everySleepIsDividedByTheSpeed()
{
    QFETCH(QStringList, lines);
    QFETCH(int, wall);
    Loop loop(virtualTime());
    Prints prints(4);
    start(QTest::currentDataTag(), prints.stage());
    loop.runUntilIdle();
    QCOMPARE(renumbered(prints.lines()), lines);
    QCOMPARE(timeOf(loop) + prints.blocked(), wall / 4);
}

void ExamplesTest::gevent_hasThreeTasksAsleepAtOnce()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    start("gevent", prints.stage());
    loop.turnOnce(); // main
    loop.turnOnce(); // the three
    const auto &store = recording.store();
    for (const char *name : {"A", "B", "C"}) {
        const model::Task *task = find(store, name);
        QVERIFY2(task, name);
        QCOMPARE(task->state, State::Suspended);
        QCOMPARE(task->wait.kind, trace::WaitKind::Sleep);
        // The line that waits, in the very file that the window shows.
        QVERIFY(gallery::findExample("gevent")->isIn(store.location(task->wait.site).file));
    }
    loop.runUntilIdle();
}

void ExamplesTest::await2_showsWhoAwaitsWhom()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    const auto task = start("await-2", prints.stage());
    loop.turnOnce();
    const auto &store = recording.store();
    const std::vector<TaskId> chain = store.awaitChain(task.id());
    QCOMPARE(chain.size(), std::size_t(2));
    QCOMPARE(store.task(chain[1])->name, "others");
    QCOMPARE(store.task(chain[1])->wait.kind, trace::WaitKind::Sleep);
    loop.runUntilIdle();
}

void ExamplesTest::task1_startsItsTasksAtTheNextTurn()
{
    Loop loop(virtualTime());
    Prints prints;
    start("task-1", prints.stage());
    loop.turnOnce();
    QCOMPARE(prints.lines(), QStringList({"main函数开始执行", "main函数执行结束"}));
    loop.turnOnce();
    QCOMPARE(prints.lines().mid(2), QStringList({"1", "1"}));
    loop.runUntilIdle();
}

void ExamplesTest::task2_fillsAndEmptiesTheSets()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    start("task-2", prints.stage());
    loop.turnOnce();
    loop.turnOnce();
    const auto &store = recording.store();
    QCOMPARE(store.waits().size(), std::size_t(1));
    const WaitId wait = store.waits()[0];
    const TaskId n1 = find(store, "n1")->id;
    const TaskId n2 = find(store, "n2")->id;
    QCOMPARE(store.membership(wait).pending, (std::vector {n1, n2}));
    QVERIFY(store.membership(wait).done.empty());
    loop.runUntilIdle();
    QVERIFY(recording.store().membership(wait).pending.empty());
    QCOMPARE(store.membership(wait).done, (std::vector {n1, n2}));
    QCOMPARE(store.task(n1)->result, "返回值");
}

void ExamplesTest::task3_numbersItsTasks()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    start("task-3", prints.stage());
    loop.runUntilIdle();
    QStringList names;
    const auto &store = recording.store();
    for (const TaskId id : store.tasks()) {
        if (store.task(id)->entity == trace::EntityKind::Spawned)
            names << store.task(id)->name;
    }
    QCOMPARE(renumbered(names), QStringList({"example task-3", "Task-1", "Task-2", "Task-3"}));
}

void ExamplesTest::waitTimeout_leavesThePendingTasksAlone()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    start("wait-timeout", prints.stage());
    while (prints.lines().size() < 2 && loop.turnOnce()) { }
    QCOMPARE(timeOf(loop), 1000);
    const auto &store = recording.store();
    QCOMPARE(find(store, "n1")->state, State::Done);
    QCOMPARE(find(store, "n2")->state, State::Suspended);
    QCOMPARE(find(store, "n3")->state, State::Suspended);
    loop.runUntilIdle();
    const auto &ended = recording.store();
    QCOMPARE(ended.waits().size(), std::size_t(3));
    QCOMPARE(ended.wait(ended.waits()[0])->timeout, model::Time(1s));
    QCOMPARE(ended.wait(ended.waits()[1])->until, trace::WaitUntil::FirstCompleted);
    for (const char *name : {"n1", "n2", "n3"})
        QCOMPARE(find(ended, name)->state, State::Done);
}

void ExamplesTest::future1_waitsForNobodyUntilAHandSetsIt()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    const auto task = start("future-1", prints.stage());
    loop.runUntilIdle();
    QVERIFY(!task.isDone());
    const auto &store = recording.store();
    QVERIFY(store.task(task.id())->waitsForNobody);
    QCOMPARE(store.futures().size(), std::size_t(1));
    const model::Future *fut = store.future(store.futures()[0]);
    QVERIFY(fut->settable);
    QCOMPARE(fut->awaiting, std::vector {task.id()});

    loop.findFuture(fut->id)->setFromText("by hand");
    loop.runUntilIdle();
    QVERIFY(task.isDone());
    QVERIFY(!task.error());
    QCOMPARE(prints.lines(), QStringList());
}

void ExamplesTest::executorThread_runsFiveAndKeepsFive()
{
    Recording recording;
    Loop loop;
    Prints prints(5);
    QElapsedTimer clock;
    clock.start();
    const auto task = start("executor-thread", prints.stage());
    QVERIFY(ends(task));
    QVERIFY2(clock.elapsed() >= 400, qPrintable(QString::number(clock.elapsed()))); // two waves of 0.2 s
    QVERIFY(!task.error());

    const QStringList lines = prints.lines();
    QCOMPARE(lines.size(), 20);
    static const QRegularExpression future("^<Future at 0x[0-9a-f]+ state=(running|pending)>$");
    QStringList states;
    for (const QString &line : lines) {
        if (const auto match = future.match(line); match.hasMatch())
            states << match.captured(1);
    }
    QCOMPARE(states, QStringList(5, "running") + QStringList(5, "pending"));
    const QStringList values = lines.filter(QRegularExpression("^\\d$"));
    QCOMPARE(sorted(values.mid(0, 5)), numbers(0, 4)); // the first wave
    QCOMPARE(sorted(values.mid(5)), numbers(5, 9));

    const auto lanes = workers(recording.store());
    QCOMPARE(lanes.size(), 5);
    for (const model::Task *lane : lanes)
        QCOMPARE(recording.store().sliceCount(lane->id), 2u);
}

void ExamplesTest::executorProcess_runsFiveProcesses()
{
    Recording recording;
    Loop loop;
    Prints prints(10);
    const auto task = start("executor-process", prints.stage());
    QVERIFY(ends(task, 60s));
    QVERIFY(!task.error());
    const QStringList lines = prints.lines();
    QCOMPARE(lines.size(), 20);
    QCOMPARE(lines.filter(QRegularExpression("^<Future at 0x[0-9a-f]+ state=(running|pending)>$")).size(),
             10);
    QCOMPARE(sorted(lines.filter(QRegularExpression("^\\d$"))), numbers(0, 9));

    QStringList pids;
    for (const model::Task *lane : workers(recording.store())) {
        const auto pid = QRegularExpression("\\(pid (\\d+)\\)").match(lane->name);
        QVERIFY2(pid.hasMatch(), qPrintable(lane->name));
        pids << pid.captured(1);
    }
    QCOMPARE(pids.size(), 5);
    QCOMPARE(pids.removeDuplicates(), 0);
    QVERIFY(!pids.contains(QString::number(QCoreApplication::applicationPid())));
}

void ExamplesTest::executorAwait_leavesTheLoopFree()
{
    Recording recording;
    Loop loop;
    Prints prints(10);
    QElapsedTimer clock;
    clock.start();
    const auto task = start("executor-await", prints.stage());
    QVERIFY(ends(task, 60s));
    QVERIFY2(clock.elapsed() >= 600, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(prints.lines(), QStringList({"default thread pool 天秀", "custom thread pool 天秀",
                                          "custom process pool 天秀"}));
    const auto &store = recording.store();
    QCOMPARE(store.task(task.id())->wakes[std::size_t(trace::Cause::Job)], 3u);
    for (const model::Task *lane : workers(store))
        QVERIFY(lane->busy >= 190ms);
}

void ExamplesTest::executorDownload_savesWhatWasServed()
{
    Loop loop;
    Prints prints;
    QTemporaryDir folder;
    gallery::StageOptions options = prints.stage();
    options.urls = samplesFor("executor-download");
    options.folder = folder.path();
    const auto task = start("executor-download", options);
    QVERIFY(ends(task));
    QStringList expected;
    for (const QUrl &url : options.urls)
        expected << "开始下载:" + url.toString();
    QCOMPARE(prints.lines(), expected + QStringList(3, "下载完成"));
    for (const QUrl &url : options.urls) {
        QFile file(folder.filePath(url.fileName()));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(url.fileName()));
        const QByteArray content = file.readAll();
        QVERIFY(content.size() >= 250'000);
        const quint64 seed = net::FileSite::seedOf(url.path().toUtf8());
        QVERIFY(content == net::sampleContent(seed, 0, content.size()));
    }
}

void ExamplesTest::geventDownload_fetchesAllAtOnce()
{
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.urls = samplesFor("gevent-download");
    QVERIFY(ends(start("gevent-download", options)));
    const QString server = m_endpoints.http.toString();
    QCOMPARE(sorted(prints.lines()), sorted({"下载了 " + server + "/www.163.com 的数据,长度:611738",
                                             "下载了 " + server + "/im.qq.com/index 的数据,长度:15990",
                                             "下载了 " + server + "/www.baidu.com 的数据,长度:227"}));
}

void ExamplesTest::crawler_sendsAllRequestsFirst()
{
    Recording recording;
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.urls = samplesFor("crawler");
    QVERIFY(ends(start("crawler", options)));
    const QStringList lines = renumbered(prints.lines());
    QCOMPARE(lines.size(), 8);
    QStringList requests;
    for (const QUrl &url : options.urls)
        requests << "发送请求:" + url.toString();
    QCOMPARE(lines.mid(0, 3), requests);
    for (const QString &line : lines.mid(3, 3))
        QVERIFY2(QRegularExpression("^得到结果:http://127[^,]+/,长度:\\d+$").match(line).hasMatch(),
                 qPrintable(line));
    const QString page = "<Task finished name='Task-%1' result='<!doctype ht...y>\\n</html>\\n'>";
    QCOMPARE(lines[6], '{' + page.arg(1) + ", " + page.arg(2) + ", " + page.arg(3) + '}');
    QCOMPARE(lines[7], "set()");
    const auto &store = recording.store();
    QCOMPARE(store.membership(store.waits()[0]).done.size(), std::size_t(3));
}

void ExamplesTest::aPageThatIsNotThereFailsItsTask()
{
    Recording recording;
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    QUrl url = m_endpoints.http;
    url.setPath("/nowhere");
    options.urls = {url};
    QVERIFY(ends(start("gevent-download", options)));
    QCOMPARE(prints.lines(), QStringList());
    const auto &store = recording.store();
    const model::Task *task = find(store, url.toString());
    QCOMPARE(task->state, State::Failed);
    QVERIFY2(task->error.contains("404"), qPrintable(task->error));
}

void ExamplesTest::redis1_writesAndReadsTheCar()
{
    Recording recording;
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.redis = m_endpoints.redis.first(1);
    const auto task = start("redis-1", options);
    QVERIFY(ends(task));
    QVERIFY(!task.error());
    QUrl uri = options.redis[0];
    QVERIFY(!uri.password().isEmpty());
    uri.setUserInfo({});
    QCOMPARE(prints.lines(),
             QStringList({"开始执行:" + uri.toString(), "{'key1': '1', 'key2': '2', 'key3': '3'}",
                          "执行结束:" + uri.toString()}));
    // connect, hset, hgetall, close: an await each
    QVERIFY(recording.store().task(task.id())->polls + recording.store().task(task.id())->stepsPolls >= 5);
}

void ExamplesTest::redis1_canShowBytes()
{
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.redis = m_endpoints.redis.first(1);
    options.decodeResponses = false;
    QVERIFY(ends(start("redis-1", options)));
    QCOMPARE(prints.lines().value(1), "{b'key1': b'1', b'key2': b'2', b'key3': b'3'}");
}

void ExamplesTest::redis2_interleavesTwoServers()
{
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.redis = m_endpoints.redis;
    QVERIFY(ends(start("redis-2", options)));
    QStringList begun;
    QStringList ended;
    for (QUrl uri : options.redis) {
        uri.setUserInfo({});
        begun << "开始执行:" + uri.toString();
        ended << "执行结束:" + uri.toString();
    }
    const QStringList lines = prints.lines();
    QCOMPARE(lines.mid(0, 2), begun); // both, before either has an answer
    QCOMPARE(sorted(lines.mid(2)), sorted(QStringList(2, "{'key1': '1', 'key2': '2', 'key3': '3'}") + ended));
}

void ExamplesTest::mysql1_printsTheUsers()
{
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.mysql = m_endpoints.mysql.mid(0, 1);
    const auto task = start("mysql-1", options);
    QVERIFY(ends(task, 30s));
#ifdef COROSCOPE_HAS_MYSQL
    QVERIFY(!task.error());
    QCOMPARE(prints.lines().size(), 1);
    static const QRegularExpression tuples("^\\((\\('[^']+', '[^']+'\\),? ?)+\\)$");
    QVERIFY2(tuples.match(prints.lines()[0]).hasMatch(), qPrintable(prints.lines()[0]));
    QVERIFY2(prints.lines()[0].contains(", 'root')"), qPrintable(prints.lines()[0]));
#else
    QVERIFY(thrownBy<std::runtime_error>(task));
#endif
}

void ExamplesTest::mysql2_interleavesTwoServers()
{
#ifndef COROSCOPE_HAS_MYSQL
    QSKIP("built without MySQL");
#endif
    Loop loop;
    Prints prints;
    gallery::StageOptions options = prints.stage();
    options.mysql = m_endpoints.mysql;
    QCOMPARE(options.mysql.size(), 2);
    QVERIFY(ends(start("mysql-2", options), 30s));
    QStringList begun;
    QStringList ended;
    for (const QUrl &uri : options.mysql) {
        const QString host = QString("%1:%2").arg(uri.host()).arg(uri.port());
        begun << "开始执行:" + host;
        ended << "执行结束:" + host;
    }
    const QStringList lines = prints.lines();
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines.mid(0, 2), begun);
    QCOMPARE(lines.filter("'root')").size(), 2);
    QCOMPARE(sorted(lines.filter("执行结束")), sorted(ended));
}

void ExamplesTest::loopSwap_hasARowALoop()
{
    Loop loop;
    Prints prints(10);
    const auto task = start("loop-swap", prints.stage());
    QVERIFY(ends(task, 60s));
    QVERIFY(!task.error());
    const QList<dispatch::LoopKind> kinds = dispatch::availableLoops();
    const QStringList lines = prints.lines();
    QCOMPARE(lines.size(), kinds.size() + 1);
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        const QRegularExpression row('^' + dispatch::nameOf(kinds[i]) + " +\\d+\\.\\d ms +\\d+\\.\\d µs");
        QVERIFY2(row.match(lines[i + 1]).hasMatch(), qPrintable(lines[i + 1]));
    }
    QCOMPARE(lines.filter("(this program's)").size(), 1);
}

void ExamplesTest::generator_blocksTheLoop()
{
    Recording recording;
    Loop loop(virtualTime());
    gallery::StageOptions options; // which blocks for real
    options.speed = 20;
    const auto task = start("generator", options);
    loop.runUntilIdle();
    const auto &store = recording.store();
    const model::Task *lane = store.task(task.id());
    QCOMPARE(lane->polls, 1u); // a single slice, in which nobody else ran
    QVERIFY2(lane->longestSlice >= 350ms, qPrintable(QString::number(lane->longestSlice.count())));
    QCOMPARE(find(store, "task2")->blocks,
             2u); // it slept twice: the loop was blocked, and it is named for it
    QCOMPARE(find(store, "task1")->polls, 4u); // the fourth finds the end
    QCOMPARE(find(store, "task1")->state, State::Done);
    QCOMPARE(find(store, "task2")->polls, 3u);
    QCOMPARE(find(store, "task2")->state, State::Lost); // destroyed before its third sleep
}

void ExamplesTest::greenlet_handsOverWithoutTheLoop()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    const auto task = start("greenlet", prints.stage());
    loop.runUntilIdle();
    const auto &store = recording.store();
    QCOMPARE(store.task(task.id())->polls, 1u);
    QCOMPARE(find(store, "A")->state, State::Done);
    for (const char *name : {"A", "B", "C"})
        QVERIFY2(find(store, name)->polls >= 5, name);
    QVERIFY(find(store, "B")->state != State::Done);
    QVERIFY(find(store, "C")->state != State::Done);
}

void ExamplesTest::asyncioRun_showsTheObjectFirst()
{
    Recording recording;
    Loop loop(virtualTime());
    Prints prints;
    start("asyncio-run", prints.stage());
    loop.turnOnce();
    QCOMPARE(prints.lines(), QStringList());
    const auto created = [&] {
        QList<State> states;
        const auto &store = recording.store();
        for (const TaskId id : store.tasks()) {
            if (store.task(id)->parent && store.task(id)->entity != trace::EntityKind::Loop)
                states << store.task(id)->state;
        }
        return states;
    };
    QCOMPARE(created(), QList {State::Created});
    loop.runUntilIdle();
    QCOMPARE(prints.lines(), QStringList {"协程函数"});
    QCOMPARE(created(), QList {State::Done});
}

void ExamplesTest::asyncContext_leavesWhatWasEnteredAlsoWhenCancelled()
{
    Loop loop(virtualTime());
    Prints prints;
    const auto task = start("async-context", prints.stage());
    while (prints.lines().isEmpty() && loop.turnOnce()) { }
    QCOMPARE(timeOf(loop), 1000);
    task.cancel(); // while it leaves: this cancellation ends that
    loop.runUntilIdle();
    QVERIFY(task.isCancelled());

    const auto early = start("async-context", prints.stage());
    loop.turnOnce();
    early.cancel(); // while it enters: there is nothing to leave
    const int before = timeOf(loop);
    loop.runUntilIdle();
    QVERIFY(early.isCancelled());
    QCOMPARE(timeOf(loop), before);
}

int main(int argc, char **argv)
{
    if (const auto code = runAsWorker(argc, argv))
        return *code;
    QCoreApplication app(argc, argv);
    ExamplesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_examples.moc"
