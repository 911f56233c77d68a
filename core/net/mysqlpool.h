// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlclient.h"
#include "core/net/turn.h"

namespace coroscope::net {

class MySqlPool;

/// A connection of a pool, for as long as this object lives; then it is the next one's, unless it is closed
/// or in a transaction: then it is dropped. What a task sets for its session (variables, locks, temporary
/// tables) the next one finds.
class MySqlLease
{
public:
    MySqlLease(MySqlLease &&) noexcept = default;
    MySqlLease &operator=(MySqlLease &&) = delete;
    ~MySqlLease();

    MySqlClient &client() { return *m_client; }
    MySqlClient *operator->() { return &*m_client; }

private:
    friend class MySqlPool;
    struct Shared;

    MySqlLease(std::shared_ptr<Shared> shared, std::unique_ptr<Turn> turn, MySqlClient client);
    static QCoro::Task<MySqlLease> acquire(std::shared_ptr<Shared> shared);
    static QCoro::Task<void> closeAll(std::shared_ptr<Shared> shared);

    std::shared_ptr<Shared> m_shared; ///< null once moved from
    std::unique_ptr<Turn> m_turn;
    std::optional<MySqlClient> m_client;
};

/// At most so many connections to one server, made when they are first wanted and kept for the next. One
/// loop's thread. A value: copies stand for the same pool.
class MySqlPool
{
public:
    explicit MySqlPool(MySqlOptions options, int most = 8);

    /// A connection that is idle, else a new one, else the next to become free: first come, first served.
    /// Cancellable. Throws what connect() does.
    QCoro::Task<MySqlLease> acquire();
    /// Closes those that are idle; the others when they come back.
    QCoro::Task<void> close();
    qsizetype idleCount() const;

private:
    std::shared_ptr<MySqlLease::Shared> m_shared;
};

} // namespace coroscope::net
