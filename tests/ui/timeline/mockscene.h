// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/storefixture.h"

namespace coroscope {

/// A session with one of everything that a timeline draws: a batch with downloads, one of which fails, Redis,
/// sleeps, a blocked loop with somebody ready meanwhile, a cancelled task, a future that nobody sets, a
/// worker.
class MockScene : public StoreFixture
{
public:
    TaskId theLoop, theWorker, batch, ubuntu, debian, missing, big, parse, redis1, redis2, nap, sleep2,
        sleep10, answer;

    MockScene()
    {
        theLoop = loop(QStringLiteral("loop (glib)"));
        theWorker = worker(QStringLiteral("worker 1"), 2);
        job(theWorker, 2, 1380ms, 1880ms, QStringLiteral("sha256 ubuntu.iso"));
        job(theWorker, 2, 2550ms, 3050ms, QStringLiteral("sha256 debian.iso"));

        batch = spawn(QStringLiteral("batch: images"), QStringLiteral("group"), 1200ms);
        ubuntu = spawn(QStringLiteral("GET ubuntu.iso"), QStringLiteral("download"), 1201ms, batch);
        debian = spawn(QStringLiteral("GET debian.iso"), QStringLiteral("download"), 1202ms, batch);
        missing = spawn(QStringLiteral("GET missing.png"), QStringLiteral("download"), 1203ms, batch);
        big = spawn(QStringLiteral("GET big.tar.zst"), QStringLiteral("download"), 1204ms, batch);
        const WaitId all = newWait(batch, 1210ms, {ubuntu, debian, missing, big});
        run(batch, 1205ms, 15ms, waitSet(all), trace::Cause::Start);

        download(ubuntu, 1221ms, 95ms, 9);
        finish(ubuntu, 2080ms, 14ms, trace::Outcome::Done, QStringLiteral("611,738 B"));
        download(debian, 1226ms, 112ms, 8);
        download(debian, 2440ms, 108ms, 6);
        progress(debian, 3000ms, 63, 100);
        run(missing, 1233ms, 5ms, reply(QStringLiteral("http://127.0.0.1:8080/missing.png")),
            trace::Cause::Start);
        run(missing, 1403ms, 4ms, reply(QStringLiteral("http://127.0.0.1:8080/missing.png")),
            trace::Cause::Reply);
        finish(missing, 1580ms, 12ms, trace::Outcome::Failed, QStringLiteral("404 Not Found"));
        download(big, 1240ms, 155ms, 6);
        download(big, 2421ms, 152ms, 5);
        progress(big, 3001ms, 18, 100);

        parse = spawn(QStringLiteral("parse index"), QStringLiteral("parse"), 2125ms);
        run(parse, 2126ms, 6ms, sleeps(12ms), trace::Cause::Start);
        run(parse, 2150ms, 250ms, sleeps(1ms), trace::Cause::Timer);
        finish(parse, 2402ms, 3ms, trace::Outcome::Done, QStringLiteral("1,204 links"));

        redis1 = redis(QStringLiteral("redis host1"), 1260ms, 160ms);
        finish(redis1, 1750ms, 9ms, trace::Outcome::Done, QStringLiteral("{key1: 1, key2: 2, key3: 3}"));
        redis2 = redis(QStringLiteral("redis host2"), 1275ms, 260ms);
        ready(redis2, 2160ms);
        finish(redis2, 2406ms, 10ms, trace::Outcome::Done, QStringLiteral("{key1: 1, key2: 2, key3: 3}"));

        nap = sleeper(QStringLiteral("sleep 0.5 s"), 1330ms, 500ms);
        finish(nap, 1832ms, 9ms, trace::Outcome::Done, {});
        sleep2 = sleeper(QStringLiteral("sleep 2 s"), 1342ms, 2s);
        sleep10 = sleeper(QStringLiteral("sleep 10 s"), 1347ms, 10s);
        finish(sleep10, 2620ms, 6ms, trace::Outcome::Cancelled, {}, trace::Cause::Cancel);

        const FutureId future = newFuture(QStringLiteral("answer"), 1806ms);
        answer = spawn(QStringLiteral("future “answer”"), QStringLiteral("group"), 1807ms);
        run(answer, 1808ms, 5ms, this->future(future), trace::Cause::Start);
    }

private:
    void run(TaskId task, Time at, Time length, Then then, trace::Cause cause)
    {
        slice(task, at, at + length, then, cause);
        awake(theLoop, at, at + length);
    }
    void finish(TaskId task, Time at, Time length, trace::Outcome outcome, const QString &text,
                trace::Cause cause = trace::Cause::Reply)
    {
        end(task, at, at + length, outcome, text, cause);
        awake(theLoop, at, at + length);
    }
    void download(TaskId task, Time from, Time step, int chunks)
    {
        const LocationId at = site(QStringLiteral("core/tasks/download.cpp"), 131);
        for (int i = 0; i < chunks; ++i)
            run(task, from + i * step, 4ms,
                reply(QStringLiteral("http://127.0.0.1:8080/%1").arg(task.value), at),
                i == 0 && from < 2s ? trace::Cause::Start : trace::Cause::Reply);
    }
    TaskId redis(const QString &name, Time from, Time step)
    {
        const TaskId task = spawn(name, QStringLiteral("redis"), from);
        run(task, from + 1ms, 6ms,
            Then {trace::WaitKind::Socket,
                  store().addString(QStringLiteral("connect 127.0.0.1:6379")).value,
                  {}},
            trace::Cause::Start);
        run(task, from + step + 1ms, 6ms, command(QStringLiteral("HSET car")), trace::Cause::Socket);
        run(task, from + 2 * step + 1ms, 6ms, command(QStringLiteral("HGETALL")), trace::Cause::Socket);
        return task;
    }
    TaskId sleeper(const QString &name, Time from, Time length)
    {
        const TaskId task = spawn(name, QStringLiteral("sleep"), from);
        run(task, from + 1ms, 3ms, sleeps(length), trace::Cause::Start);
        return task;
    }
};

} // namespace coroscope
