// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/gallery.h"

#include "core/gallery/examples.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace coroscope::gallery {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::gallery::Gallery)
};

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<Example> beforeAsyncio()
{
    return {
        {.id = u"generator"_s,
         .title = Tr::tr("Generators: driven in turn"),
         .look = Tr::tr(
             "One long slice without a break: the sleeps block, so the loop stands still for 7 s and "
             "is marked as blocked. Compare with gevent, where the same kind of sleep yields."),
         .terms = {{u"yield"_s, u"co_yield"_s},
                   {u"next(g1)"_s, u"g1.next()"_s},
                   {u"time.sleep(1)"_s, u"block(1s)"_s},
                   {u"StopIteration"_s, u"next() gives nothing"_s}},
         .source = u"core/gallery/generator.cpp"_s,
         .run = runGenerator},
        {.id = u"greenlet"_s,
         .title = Tr::tr("Greenlets: switched by hand"),
         .look = Tr::tr(
             "A, B and C hand over to each other by name, without a loop between them. Each sleeps "
             "by blocking, so nobody else gets a turn."),
         .terms = {{u"ga = greenlet(A)"_s, u"ga = A(…)"_s},
                   {u"gb.switch(), inside of A"_s, u"co_await gb->switchTo()"_s},
                   {u"ga.switch(), from outside"_s, u"ga.run()"_s}},
         .source = u"core/gallery/greenlet.cpp"_s,
         .run = runGreenlet},
        {.id = u"gevent"_s,
         .title = Tr::tr("gevent: tasks that switch by themselves"),
         .look = Tr::tr("Three tasks asleep at once: each lane is pale for half a second, then all three run "
                        "one after the other. 2.5 s instead of 7.5."),
         .terms = {{u"gevent.spawn(A)"_s, u"spawn(\"A\", count, …)"_s},
                   {u"time.sleep, patched"_s, u"co_await sleep(500ms)"_s},
                   {u"ga.join()"_s, u"co_await ga"_s}},
         .source = u"core/gallery/gevent.cpp"_s,
         .run = runGevent},
        {.id = u"gevent-download"_s,
         .title = Tr::tr("gevent: three downloads at once"),
         .look = Tr::tr("Three fetches wait for their servers at the same time; each prints as it ends. All "
                        "of it takes as long as the slowest."),
         .terms = {{u"gevent.spawn(download, url)"_s, u"spawn(…, download, …, url)"_s},
                   {u"urllib.request.urlopen"_s, u"co_await net::fetchPage(client, …)"_s},
                   {u"gevent.joinall"_s, u"co_await wait(tasks)"_s}},
         .needs = {.urls = 3},
         .source = u"core/gallery/geventdownload.cpp"_s,
         .run = runGeventDownload},
    };
}

QList<Example> awaiting()
{
    return {
        {.id = u"asyncio-run"_s,
         .title = Tr::tr("A coroutine object, and running it"),
         .look = Tr::tr(
             "The object is there first, in state “created”, and nothing of it has run. Then the loop "
             "runs it."),
         .terms = {{u"result = func()"_s, u"result = deferred(func)"_s},
                   {u"asyncio.run(result)"_s, u"co_await spawn({}, std::move(result))"_s}},
         .source = u"core/gallery/asynciorun.cpp"_s,
         .run = runAsyncioRun},
        {.id = u"await-1"_s,
         .title = Tr::tr("await: asleep for two seconds"),
         .look = Tr::tr("Two short pieces of work with two pale seconds between: the coroutine is suspended "
                        "there, and the loop is free."),
         .terms = {{u"async def func()"_s, u"QCoro::Task<> func()"_s},
                   {u"await asyncio.sleep(2)"_s, u"co_await sleep(2s)"_s}},
         .source = u"core/gallery/await1.cpp"_s,
         .run = runAwait1},
        {.id = u"await-2"_s,
         .title = Tr::tr("await: another coroutine"),
         .look = Tr::tr(
             "The lane of others below: while it sleeps, its caller waits for it. The graph of who "
             "awaits whom has one arrow."),
         .terms = {{u"await others()"_s, u"co_await others()"_s}, {u"return"_s, u"co_return"_s}},
         .source = u"core/gallery/await2.cpp"_s,
         .run = runAwait2},
        {.id = u"await-3"_s,
         .title = Tr::tr("await: one after the other"),
         .look = Tr::tr("The second call of others begins when the first has ended: 4 s in all. Compare with "
                        "task-1, where both sleep at once."),
         .terms = {{u"await others()"_s, u"co_await others()"_s}},
         .source = u"core/gallery/await3.cpp"_s,
         .run = runAwait3},
    };
}

QList<Example> tasks()
{
    return {
        {.id = u"task-1"_s,
         .title = Tr::tr("Task: two at once"),
         .look = Tr::tr("Both tasks are created before either starts: they start at the loop's next turn. "
                        "Then both sleep at once, 1 s in all."),
         .terms = {{u"asyncio.create_task(func())"_s, u"spawn({}, func)"_s},
                   {u"ret1 = await task1"_s, u"ret1 = co_await first"_s}},
         .source = u"core/gallery/task1.cpp"_s,
         .run = runTask1},
        {.id = u"task-2"_s,
         .title = Tr::tr("Task: names, done and pending"),
         .look = Tr::tr("n1 and n2 stand among the pending tasks for a second, then move to the done ones."),
         .terms = {{u"create_task(func(), name='n1')"_s, u"spawn(\"n1\", func)"_s},
                   {u"asyncio.wait(tasks, timeout=None)"_s, u"wait(tasks)"_s},
                   {u"done, pending ="_s, u"auto [done, pending] ="_s}},
         .source = u"core/gallery/task2.cpp"_s,
         .run = runTask2},
        {.id = u"task-3"_s,
         .title = Tr::tr("Task: wait as the program"),
         .look = Tr::tr("Nobody named these tasks, so they have numbers: the runner is the first, the two "
                        "that it waits for are the next."),
         .terms = {{u"asyncio.run(…)"_s, u"co_await spawn({}, runner)"_s},
                   {u"asyncio.wait([func(), func()])"_s, u"wait({spawn({}, func), spawn({}, func)})"_s}},
         .note = Tr::tr(
             "Mended: since Python 3.11 asyncio.wait refuses bare coroutines, so tasks are made of "
             "them."),
         .source = u"core/gallery/task3.cpp"_s,
         .run = runTask3},
        {.id = u"wait-timeout"_s,
         .title = Tr::tr("wait: with a timeout, until the first, until all"),
         .look = Tr::tr(
             "After 1 s one task is done and two are pending; nobody cancels them. The second wait "
             "ends with the next of them, the third with the last."),
         .terms = {{u"asyncio.wait(tasks, timeout=1)"_s, u"wait(tasks, 1s)"_s},
                   {u"return_when=FIRST_COMPLETED"_s, u"WaitUntil::FirstCompleted"_s}},
         .note = Tr::tr("The tutorial links to this part of Python's documentation; the listing is ours."),
         .source = u"core/gallery/waittimeout.cpp"_s,
         .run = runWaitTimeout},
    };
}

QList<Example> futures()
{
    return {
        {.id = u"future-1"_s,
         .title = Tr::tr("Future: nobody sets it"),
         .look = Tr::tr("The task waits for ever, and is marked: nothing will resume it. Give the future a "
                        "result by hand in the Futures view, and see the task end."),
         .terms = {{u"loop.create_future()"_s, u"Future<QString> fut"_s},
                   {u"await fut"_s, u"co_await fut"_s}},
         .note = Tr::tr("In the terminal it ends with Ctrl-C, or after --timeout."),
         .source = u"core/gallery/future1.cpp"_s,
         .run = runFuture1},
        {.id = u"future-2"_s,
         .title = Tr::tr("Future: set by another task"),
         .look = Tr::tr("set_after sleeps 2 s and sets the future; what waits for it goes on with the "
                        "result."),
         .terms = {{u"fut.set_result('666')"_s, u"fut.set(\"666\")"_s},
                   {u"loop.create_task(set_after(fut))"_s, u"spawn(\"set_after\", setAfter, fut)"_s}},
         .source = u"core/gallery/future2.cpp"_s,
         .run = runFuture2},
    };
}

QList<Example> executors()
{
    return {
        {.id = u"executor-thread"_s,
         .title = Tr::tr("Executor: five threads"),
         .look = Tr::tr(
             "Five lanes of workers, each with two jobs one after the other: five futures run, five "
             "are pending until a thread is free."),
         .terms = {{u"ThreadPoolExecutor(max_workers=5)"_s, u"ThreadExecutor pool(5)"_s},
                   {u"pool.submit(func, i)"_s, u"pool.run(\"func(0)\", func, i)"_s},
                   {u"time.sleep(1), on a thread"_s, u"block(1s), on a thread"_s}},
         .source = u"core/gallery/executorthread.cpp"_s,
         .run = runExecutorThread},
        {.id = u"executor-process"_s,
         .title = Tr::tr("Executor: five processes"),
         .look = Tr::tr(
             "The same five lanes, but each is a process of its own: its number stands in the lane's "
             "name."),
         .terms = {{u"ProcessPoolExecutor(max_workers=5)"_s, u"ProcessExecutor pool(5)"_s},
                   {u"pool.submit(func, i)"_s, u"pool.run(…, funcInProcess, i)"_s},
                   {u"func, pickled by its name"_s, u"ProcessFunction(\"gallery.func\", &func)"_s}},
         .note = Tr::tr(
             "A process prints past the console, so each number is printed here as it comes back."),
         .source = u"core/gallery/executorprocess.cpp"_s,
         .run = runExecutorProcess},
        {.id = u"executor-await"_s,
         .title = Tr::tr("Executor: awaited from the loop"),
         .look = Tr::tr(
             "Three jobs of 2 s, one after the other, on three lanes of workers. Meanwhile the loop "
             "is asleep, not blocked."),
         .terms = {{u"loop.run_in_executor(None, func1)"_s, u"runInExecutor(\"func1\", func1)"_s},
                   {u"loop.run_in_executor(pool, func1)"_s, u"pool.run(\"func1\", func1)"_s},
                   {u"result = await fut"_s, u"result = co_await future"_s}},
         .note = Tr::tr("The tutorial has the second and the third pool commented out; here all three run."),
         .source = u"core/gallery/executorawait.cpp"_s,
         .run = runExecutorAwait},
        {.id = u"executor-download"_s,
         .title = Tr::tr("Executor: a client that blocks"),
         .look = Tr::tr("Each blocking client fills the lane of a worker, while the tasks that wait for them "
                        "are pale and the loop is free."),
         .terms = {{u"loop.run_in_executor(None, requests.get, url)"_s, u"runInExecutor(…, get, url)"_s},
                   {u"response = await future"_s, u"content = co_await future"_s}},
         .note = Tr::tr(
             "Mended: since Python 3.11 asyncio.wait refuses bare coroutines, so tasks are made of "
             "them."),
         .needs = {.urls = 3, .folder = true},
         .source = u"core/gallery/executordownload.cpp"_s,
         .run = runExecutorDownload},
    };
}

QList<Example> protocols()
{
    return {
        {.id = u"async-iterator"_s,
         .title = Tr::tr("An iterator that may wait"),
         .look = Tr::tr(
             "99 values in no time: the reader never has to wait here, so control goes over to the "
             "generator and back without the loop."),
         .terms = {{u"async def __anext__"_s, u"Task<std::optional<int>> next()"_s},
                   {u"raise StopAsyncIteration"_s, u"co_return std::nullopt"_s},
                   {u"async for item in obj"_s, u"for (auto item = co_await obj.next(); item; …)"_s}},
         .source = u"core/gallery/asynciterator.cpp"_s,
         .run = runAsyncIterator},
        {.id = u"async-context"_s,
         .title = Tr::tr("Entering and leaving, awaited"),
         .look = Tr::tr(
             "A second to enter, the body, a second to leave. Cancel it in the first or in the body: "
             "what was entered is left nevertheless."),
         .terms = {{u"async def __aenter__"_s, u"enter()"_s},
                   {u"async def __aexit__"_s, u"exit(std::exception_ptr)"_s},
                   {u"async with AsyncContextManager() as f"_s,
                    u"co_await withAsync(AsyncContextManager(), body)"_s}},
         .note = Tr::tr("Mended: the listing uses a name conn that isn't there, and doesn't await "
                        "do_something()."),
         .source = u"core/gallery/asynccontext.cpp"_s,
         .run = runAsyncContext},
        {.id = u"loop-swap"_s,
         .title = Tr::tr("Another event loop under unchanged code"),
         .look = Tr::tr(
             "A job on a worker for each event loop of this build. Sleeps cost the same on all; an "
             "event beside many idle sockets doesn't."),
         .terms = {{u"uvloop.EventLoopPolicy()"_s, u"coroscope --loop uv"_s},
                   {u"loop = uvloop.new_event_loop()"_s, u"LoopThread thread(…, LoopKind::Uv)"_s}},
         .note = Tr::tr(
             "The listing has no program of its own to run; here it is a thousand sleeps, and a socket "
             "that is written to beside idle ones."),
         .source = u"core/gallery/loopswap.cpp"_s,
         .run = runLoopSwap},
    };
}

QList<Example> servers()
{
    return {
        {.id = u"redis-1"_s,
         .title = Tr::tr("Redis: one server"),
         .look = Tr::tr("One pale piece an await: connect, HSET, HGETALL, QUIT. Click one to see which "
                        "command it waits for."),
         .terms = {{u"await aioredis.from_url(uri, password=…, db=1)"_s, u"co_await redis.connect()"_s},
                   {u"await redis.hset('car', mapping=…)"_s, u"co_await redis.command({\"HSET\", …})"_s},
                   {u"await redis.close()"_s, u"co_await redis.command({\"QUIT\"})"_s}},
         .needs = {.redis = 1},
         .source = u"core/gallery/redis1.cpp"_s,
         .run = runRedis1},
        {.id = u"redis-2"_s,
         .title = Tr::tr("Redis: two servers at once"),
         .look = Tr::tr("Two lanes that interleave: while one waits for its server, the other runs."),
         .terms = {{u"asyncio.wait(task_list)"_s, u"wait(tasks)"_s}},
         .note = Tr::tr(
             "Mended: since Python 3.11 asyncio.wait refuses bare coroutines, so tasks are made of "
             "them."),
         .needs = {.redis = 2},
         .source = u"core/gallery/redis2.cpp"_s,
         .run = runRedis2},
        {.id = u"mysql-1"_s,
         .title = Tr::tr("MySQL: one server"),
         .look = Tr::tr("One pale piece an await: connect, the statement, its rows, the end."),
         .terms = {{u"await aiomysql.connect(…)"_s, u"co_await conn.connect()"_s},
                   {u"await cur.execute('select …')"_s, u"cur = co_await conn.query(\"select …\")"_s},
                   {u"await cur.fetchall()"_s, u"co_await cur.all()"_s}},
         .needs = {.mysql = 1},
         .source = u"core/gallery/mysql1.cpp"_s,
         .run = runMysql1},
        {.id = u"mysql-2"_s,
         .title = Tr::tr("MySQL: two servers at once"),
         .look = Tr::tr("Two lanes that interleave: while one waits for its server, the other runs."),
         .terms = {{u"asyncio.wait(task_list)"_s, u"wait(tasks)"_s}},
         .note = Tr::tr(
             "Mended: since Python 3.11 asyncio.wait refuses bare coroutines, so tasks are made of "
             "them."),
         .needs = {.mysql = 2},
         .source = u"core/gallery/mysql2.cpp"_s,
         .run = runMysql2},
        {.id = u"crawler"_s,
         .title = Tr::tr("Crawler: three pages at once"),
         .look = Tr::tr(
             "All three requests leave before the first answer comes. The sets of done and pending "
             "tasks fill and empty as the pages arrive."),
         .terms = {{u"aiohttp.ClientSession()"_s, u"net::HttpClient session"_s},
                   {u"session.get(url, verify_ssl=False)"_s, u"fetchPage(session, {… .insecure = true})"_s},
                   {u"await asyncio.wait(tasks)"_s, u"co_await wait(tasks)"_s}},
         .needs = {.urls = 3},
         .source = u"core/gallery/crawler.cpp"_s,
         .run = runCrawler},
    };
}

} // namespace

#ifndef COROSCOPE_HAS_MYSQL
namespace {

QCoro::Task<> withoutMySql(Stage)
{
    throw std::runtime_error(
        qPrintable(Tr::tr("this build has no MySQL: install libmariadb-dev (Debian) and build it again")));
    co_return;
}

} // namespace

QCoro::Task<> runMysql1(Stage stage) { return withoutMySql(stage); }
QCoro::Task<> runMysql2(Stage stage) { return withoutMySql(stage); }
#endif

QString Example::program() const { return textOf(u":/gallery/"_s + source.section(u'/', -1)); }

QString Example::listing() const { return textOf(u":/gallery/python/%1.py"_s.arg(id)); }

QList<Example> examples()
{
    return beforeAsyncio() + awaiting() + tasks() + futures() + executors() + protocols() + servers();
}

std::optional<Example> findExample(const QString &id)
{
    const QList<Example> all = examples();
    const auto found = std::ranges::find(all, id, &Example::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace coroscope::gallery
