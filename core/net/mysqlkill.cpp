// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlkill.h"

#include "core/net/mysqlclient.h"
#include "core/runtime/task.h"

namespace coroscope::net {

namespace {

QCoro::Task<void> kill(MySqlOptions options, unsigned long connectionId)
{
    MySqlClient client(std::move(options));
    try {
        co_await client.connect();
        co_await client.query("KILL QUERY " + QByteArray::number(qulonglong(connectionId)));
    } catch (const Exception &) {
        co_return; // it has ended by itself, or the server has: there is nothing more to do
    }
    co_await client.close();
}

/// What is spawned meanwhile is no child of who runs: it isn't that one's work, and outlives it.
class OnItsOwn
{
public:
    OnItsOwn() = default;
    ~OnItsOwn() { trace::thisThread.current = m_running; }
    OnItsOwn(const OnItsOwn &) = delete;
    OnItsOwn &operator=(const OnItsOwn &) = delete;

private:
    trace::FrameInfo *m_running = std::exchange(trace::thisThread.current, nullptr);
};

} // namespace

void killStatement(MySqlOptions options, unsigned long connectionId)
{
    using namespace std::chrono_literals;
    options.connectTimeout = std::min(options.connectTimeout, 5000ms);
    options.timeout = std::min(options.timeout, 5000ms);
    options.address.database.clear(); // one that is gone meanwhile is no matter
    const SpawnOptions task(QStringLiteral("KILL QUERY %1").arg(connectionId), "mysql");
    const OnItsOwn onItsOwn;
    spawn(task, kill, std::move(options), connectionId);
}

} // namespace coroscope::net
