// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlpool.h"

#include "core/trace/strings.h"

namespace coroscope::net {

struct MySqlLease::Shared
{
    MySqlOptions options;
    std::shared_ptr<Turnstile> turnstile;
    std::vector<MySqlClient> idle {};
    bool isClosed = false;
};

MySqlLease::MySqlLease(std::shared_ptr<Shared> shared, std::unique_ptr<Turn> turn, MySqlClient client)
    : m_shared(std::move(shared))
    , m_turn(std::move(turn))
    , m_client(std::move(client))
{ }

MySqlLease::~MySqlLease()
{
    if (!m_shared)
        return;
    if (!m_shared->isClosed && m_client->isOpen() && !m_client->isInTransaction())
        m_shared->idle.push_back(std::move(*m_client));
    m_client.reset();
    m_turn.reset(); // after that: who is next finds it
}

QCoro::Task<MySqlLease> MySqlLease::acquire(std::shared_ptr<Shared> shared)
{
    auto turn = std::make_unique<Turn>(shared->turnstile);
    const auto label = trace::intern(u"a free connection");
    while (!turn->isMine())
        co_await turn->wait(label);
    while (!shared->idle.empty()) {
        MySqlClient client = std::move(shared->idle.back());
        shared->idle.pop_back();
        if (client.isAlive())
            co_return MySqlLease(shared, std::move(turn), std::move(client));
    }
    MySqlClient client(shared->options);
    co_await client.connect();
    co_return MySqlLease(shared, std::move(turn), std::move(client));
}

QCoro::Task<void> MySqlLease::closeAll(std::shared_ptr<Shared> shared)
{
    shared->isClosed = true;
    while (!shared->idle.empty()) {
        MySqlClient client = std::move(shared->idle.back());
        shared->idle.pop_back();
        co_await client.close();
    }
}

MySqlPool::MySqlPool(MySqlOptions options, int most)
    : m_shared(std::make_shared<MySqlLease::Shared>(
          MySqlLease::Shared {.options = std::move(options), .turnstile = std::make_shared<Turnstile>(most)}))
{ }

QCoro::Task<MySqlLease> MySqlPool::acquire() { return MySqlLease::acquire(m_shared); }

QCoro::Task<void> MySqlPool::close() { return MySqlLease::closeAll(m_shared); }

qsizetype MySqlPool::idleCount() const { return qsizetype(m_shared->idle.size()); }

} // namespace coroscope::net
