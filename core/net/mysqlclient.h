// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlerror.h"
#include "core/net/mysqloptions.h"
#include "core/net/mysqlresult.h"
#include "core/net/mysqlstatement.h"

#include <QCoroTask>

namespace coroscope::net {

class MySqlHandle;

/// One connection to a MySQL or MariaDB server, on the thread of a Loop. A value: copies stand for the same
/// connection, and with the last of them, of its results and of its statements the connection is dropped.
///
/// One thing at a time: while a task awaits something of the connection, or has rows still to read,
/// everything else fails with an Error of kind Input. Every await can be cancelled and has a time limit; if
/// it is cancelled, or its time is up, the connection is closed, and a statement that the server works at is
/// killed (KILL QUERY, by a task of its own on a second connection). What fails throws MySqlException where
/// the server says so, with its code and SQLSTATE, else Exception; neither holds the password. A lost
/// connection is not mended: make another client.
class MySqlClient
{
public:
    explicit MySqlClient(MySqlOptions options);

    /// Connects and logs in. Once.
    QCoro::Task<void> connect();
    /// Sends one statement, in UTF-8, as it is: what isn't known before goes into a prepared statement.
    QCoro::Task<MySqlResult> query(QByteArray sql);
    /// For statements with ? for each parameter.
    QCoro::Task<MySqlStatement> prepare(QByteArray sql);
    /// Says goodbye and waits until the server has hung up, for so long as the options say. Never fails.
    QCoro::Task<void> close();

    bool isOpen() const;
    bool isEncrypted() const;
    /// True between BEGIN and its end, as the server said last.
    bool isInTransaction() const;
    /// False if the server has hung up meanwhile. Asks the system, not the server.
    bool isAlive() const;
    /// The server's CONNECTION_ID().
    unsigned long connectionId() const;
    QString serverVersion() const;
    QString hostAndPort() const;

    friend bool operator==(const MySqlClient &, const MySqlClient &) = default;

private:
    std::shared_ptr<MySqlHandle> m_handle;
};

} // namespace coroscope::net
