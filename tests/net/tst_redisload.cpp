// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// Ten thousand tasks wait for their commands at one time, on one connection to a real server.
#include "core/net/redisclient.h"

#include "core/net/redisservice.h"
#include "tests/support/looptest.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>
#include <random>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

using Client = std::shared_ptr<RedisClient>;
constexpr int many = 10'000;

/// What all tasks of a test share. Who holds it is alive.
struct Progress
{
    std::vector<int> answered {}; ///< in the order of their ends
    std::function<void()> whenAnswered {};
};

QCoro::Task<> connectTo(Client client) { co_await client->connect(); }

QCoro::Task<RedisReply> ask(Client client, RedisCommand command)
{
    auto reply = co_await client->command(std::move(command));
    co_return reply;
}

/// A command that only this task sends, with an answer that only it can get.
QCoro::Task<qint64> addOwn(Client client, int number, std::shared_ptr<Progress> progress)
{
    const auto reply = co_await client->command(
        {"INCRBY", "n" + QByteArray::number(number), QByteArray::number(number + 1)});
    progress->answered.push_back(number);
    if (progress->whenAnswered)
        progress->whenAnswered();
    co_return reply.toInteger();
}

} // namespace

class TestRedisLoad : public QObject
{
    Q_OBJECT

    using Tasks = std::vector<SpawnedTask<qint64>>;

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<RedisService> m_service;
    Client m_client; ///< of the many
    Client m_control;

    Client connected()
    {
        auto client = std::make_shared<RedisClient>(
            RedisOptions {.address = std::get<RedisAddress>(parseRedisUrl(m_service->url())),
                          .timeout = 60s});
        const auto task = spawn("connect", connectTo, client);
        return ends(task) && !task.error() ? client : nullptr;
    }
    /// Asked on the other connection; null if that failed.
    RedisReply control(RedisCommand command)
    {
        const auto task = spawn("control", ask, m_control, std::move(command));
        return ends(task) && !task.error() ? task.result() : RedisReply();
    }
    Tasks spawnMany(const std::shared_ptr<Progress> &progress)
    {
        Tasks tasks;
        for (int i = 0; i < many; ++i)
            tasks.push_back(spawn("add", addOwn, m_client, i, progress));
        return tasks;
    }
    static bool allEnd(const Tasks &tasks)
    {
        return std::ranges::all_of(tasks, [](const auto &task) { return ends(task, 60s); });
    }

private slots:
    void initTestCase()
    {
        m_service = std::make_unique<RedisService>();
        QSignalSpy ready(m_service.get(), &RedisService::ready);
        m_service->start();
        QVERIFY2(QTest::qWaitFor([&] { return ready.count() > 0; }, 10000), "redis-server is needed");
    }
    void init()
    {
        m_loop = std::make_unique<Loop>();
        m_client = connected();
        m_control = connected();
        QVERIFY(m_client && m_control);
        QCOMPARE(control({"FLUSHALL"}), RedisReply::status("OK"));
        // Until it is told to go on, the server answers no command that writes.
        QCOMPARE(control({"CLIENT", "PAUSE", "60000", "WRITE"}), RedisReply::status("OK"));
    }
    void cleanup()
    {
        m_client.reset();
        m_control.reset();
        m_loop.reset();
    }

    void tenThousandInFlightAreAnsweredInTheirOrder()
    {
        auto progress = std::make_shared<Progress>();
        Tasks tasks = spawnMany(progress);
        QCOMPARE(control({"PING"}), RedisReply::status("PONG")); // all have been sent by then
        QCOMPARE(m_loop->taskCount(), std::size_t(many));
        QVERIFY(progress->answered.empty());
        QCOMPARE(progress.use_count(), many + 1L); // nobody's command ended unseen

        QCOMPARE(control({"CLIENT", "UNPAUSE"}), RedisReply::status("OK"));
        QVERIFY(allEnd(tasks));
        std::vector<int> inOrder(many);
        std::iota(inOrder.begin(), inOrder.end(), 0);
        QVERIFY(progress->answered == inOrder);
        for (int i = 0; i < many; ++i) {
            QVERIFY(!tasks[std::size_t(i)].error());
            QCOMPARE(tasks[std::size_t(i)].result(), i + 1);
        }
        tasks.clear();
        QCOMPARE(m_loop->taskCount(), std::size_t(0));
        QCOMPARE(progress.use_count(), 1L); // no frame is left
        QCOMPARE(control({"DBSIZE"}), RedisReply::integer(many));
    }

    void aThousandCancelledAtRandomMomentsTakeNothingFromTheOthers_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {1U, 2U, 3U})
            QTest::addRow("seed %u", seed) << seed;
    }
    void aThousandCancelledAtRandomMomentsTakeNothingFromTheOthers()
    {
        QFETCH(unsigned, seed);
        constexpr int cancelledAtOnce = 250; // before they sent anything
        constexpr int cancelledInFlight = 350;
        constexpr int cancelledAmidReplies = 400;
        std::mt19937 random(seed);
        std::vector<int> victims(many);
        std::iota(victims.begin(), victims.end(), 0);
        std::ranges::shuffle(victims, random);

        auto progress = std::make_shared<Progress>();
        Tasks tasks = spawnMany(progress);
        std::vector<bool> isVictim(many);
        const auto cancelSome = [&](int count) {
            for (; count > 0 && !victims.empty(); victims.pop_back()) {
                SpawnedTask<qint64> &victim = tasks[std::size_t(victims.back())];
                if (!victim.isDone() && victim.cancel()) {
                    isVictim[std::size_t(victims.back())] = true;
                    --count;
                }
            }
            return count == 0;
        };
        QVERIFY(cancelSome(cancelledAtOnce));
        QCOMPARE(control({"PING"}), RedisReply::status("PONG"));
        QVERIFY(cancelSome(cancelledInFlight));
        QVERIFY(progress->answered.empty());
        int left = cancelledAmidReplies;
        std::bernoulli_distribution now(0.1);
        progress->whenAnswered = [&] {
            if (left > 0 && now(random))
                left -= cancelSome(1) ? 1 : 0;
        };
        QCOMPARE(control({"CLIENT", "UNPAUSE"}), RedisReply::status("OK"));
        QVERIFY(allEnd(tasks));
        QCOMPARE(left, 0);

        QCOMPARE(std::ranges::count(isVictim, true), 1000);
        for (int i = 0; i < many; ++i) {
            const SpawnedTask<qint64> &task = tasks[std::size_t(i)];
            QCOMPARE(task.isCancelled(), bool(isVictim[std::size_t(i)]));
            if (!task.isCancelled())
                QCOMPARE(task.result(), i + 1);
        }
        QCOMPARE(progress->answered.size(), std::size_t(many - 1000));
        QVERIFY(std::ranges::is_sorted(progress->answered));
        tasks.clear();
        QCOMPARE(m_loop->taskCount(), std::size_t(0));
        QCOMPARE(progress.use_count(), 1L);
        // The connection is in step, and the server got all but what was cancelled before it was sent.
        const auto last = spawn("last", ask, m_client, RedisCommand {"DBSIZE"});
        QVERIFY(ends(last));
        QCOMPARE(last.result(), RedisReply::integer(many - cancelledAtOnce));
    }
};

QTEST_GUILESS_MAIN(TestRedisLoad)
#include "tst_redisload.moc"
