// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder: what the public headers of the MySQL client share, with libmariadb's own types.
//
// How libmariadb is driven. FOO_start() runs the call FOO on a stack of its own until it would block, and
// returns what it waits for; FOO_cont() runs it on when that has happened; 0 means that it has ended. So one
// call is one MySqlWait, an awaiter: it starts the call, and while the call waits the handle's socket
// notifiers run it on. The task is resumed once, at its end. A call that has begun must end before the
// connection can be closed, else what stands on its stack is lost: whoever gives one up (cancelled, out of
// time, destroyed) shuts the socket down and lets the call run into that.

#include "core/net/mysqlerror.h"
#include "core/net/mysqloptions.h"
#include "core/net/mysqlwait.h"

#include <QSocketNotifier>

#include <memory>
#include <optional>
#include <vector>

#include <mysql.h>

namespace coroscope::net {

/// One connection. Kept alive by all that belongs to it; a loop's thread.
class MySqlHandle : public std::enable_shared_from_this<MySqlHandle>
{
public:
    enum class State : std::uint8_t { New, Open, Closed };

    explicit MySqlHandle(MySqlOptions options);
    ~MySqlHandle();
    MySqlHandle(const MySqlHandle &) = delete;
    MySqlHandle &operator=(const MySqlHandle &) = delete;

    const MySqlOptions &options() const { return m_options; }
    QString where() const { return m_options.address.hostAndPort(); }
    State state() const { return m_state; }
    bool isOpen() const { return m_state == State::Open; }
    bool isEncrypted() const { return m_isEncrypted; }
    unsigned long connectionId() const { return m_connectionId; }
    MYSQL *mysql() { return &m_mysql; }

    /// Held by a coroutine as long as the connection is its alone.
    class Use
    {
    public:
        /// Throws Exception if the connection is closed, or in use.
        explicit Use(MySqlHandle &handle);
        ~Use() { m_handle.m_isUsed = false; }
        Use(const Use &) = delete;
        Use &operator=(const Use &) = delete;

    private:
        MySqlHandle &m_handle;
    };
    /// As for a Use: for the single call that a row is fetched with.
    void requireFree() const;

    /// A fresh MYSQL with the options set, for one try to connect.
    void renew();
    /// The try has led to a connection. Throws Exception if it isn't encrypted as it has to be.
    void opened();
    void setConnectDeadline(std::chrono::steady_clock::time_point deadline) { m_deadline = deadline; }
    std::chrono::steady_clock::time_point connectDeadline() const { return m_deadline; }

    void beginStatement(const QByteArray &sql);
    /// Its rows come next, one by one: they are to be read, or left over.
    void beginRows(MYSQL_RES *rows) { m_rows = rows; }
    void beginRows(MYSQL_STMT *statement) { m_statementRows = statement; }
    void endRows()
    {
        m_rows = nullptr;
        m_statementRows = nullptr;
    }
    /// The server owes nothing any more.
    void endStatement() { m_isRunning = false; }
    bool isRunning() const { return m_isRunning; }

    // Nobody wants these any more. Giving them back may take a call, which the next statement makes first.
    void leaveOver(MYSQL_RES *rows);
    void leaveRowsOver(MYSQL_STMT *statement);
    void leaveOver(MYSQL_STMT *statement);
    bool hasLeftovers();
    MYSQL_RES *takeLeftRows();
    MYSQL_STMT *takeStatementWithRows();
    MYSQL_STMT *takeLeftStatement();

    /// Ends the connection at once, whatever goes on. `Kill::Yes`: what the server still works at is killed
    /// through a second connection, by a task of its own.
    enum class Kill : std::uint8_t { No, Yes };
    void breakOff(Kill kill);
    /// libmariadb has closed it.
    void closed();

    /// What libmariadb says of the last call; breaks off if the connection is gone.
    MySqlException failure();
    MySqlException failure(MYSQL_STMT *statement);
    Error error(Error::Kind kind, const QString &what, const QString &advice = {}) const;

    // --- for MySqlWait ---------------------------------------------------------------------------------
    trace::WaitNote note(MySqlPhase phase) const;
    std::chrono::nanoseconds limit(MySqlPhase phase) const;
    Error timeoutError(MySqlPhase phase) const;
    void watch(MySqlWait &wait, int events);
    void unwatch() { m_waiting = nullptr; }
    /// Before libmariadb reads or writes.
    void beforeCall();
    /// After a call: its socket may be another one, or gone.
    void checkSocket();

private:
    void onSocket(int events);
    void dropNotifiers();
    MySqlException failure(unsigned code, const char *sqlState, const char *text);

    MySqlOptions m_options;
    MYSQL m_mysql {};
    State m_state = State::New;
    bool m_hasMysql = false; ///< mysql_init() was called, mysql_close() not yet
    bool m_isUsed = false;
    bool m_isRunning = false;
    bool m_isEncrypted = false;
    bool m_hidesText = false; ///< the statement may hold a password
    unsigned long m_connectionId = 0;
    QString m_label; ///< of the statement; made only while somebody records
    std::chrono::steady_clock::time_point m_deadline {};
    MYSQL_RES *m_rows = nullptr;
    MYSQL_STMT *m_statementRows = nullptr;
    std::vector<MYSQL_RES *> m_leftRows;
    std::vector<MYSQL_STMT *> m_statementsWithRows;
    std::vector<MYSQL_STMT *> m_leftStatements;
    MySqlWait *m_waiting = nullptr;
    int m_descriptor = -1;
    QSocketNotifier *m_readNotifier = nullptr;
    QSocketNotifier *m_writeNotifier = nullptr;
};

/// A call of libmariadb: `start()` and `go(events)` are FOO_start() and FOO_cont().
template<class Start, class Go>
class [[nodiscard]] MySqlCall final : public MySqlWait
{
public:
    MySqlCall(MySqlHandle &handle, MySqlPhase phase, Start start, Go go)
        : MySqlWait(handle, phase)
        , m_start(std::move(start))
        , m_go(std::move(go))
    { }
    ~MySqlCall() { giveUp(); }
    bool await_ready()
    {
        handle().beforeCall();
        m_status = m_start();
        return m_status == 0;
    }
    void await_resume() { finish(); }

private:
    int proceed(int events) override { return m_go(events); }

    Start m_start;
    Go m_go;
};

} // namespace coroscope::net
