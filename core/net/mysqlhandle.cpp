// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlhandle.h"

#include "core/net/mysqlkill.h"
#include "core/net/mysqlsecret.h"
#include "core/trace/strings.h"

#include <QCoreApplication>

#include <fcntl.h>

#include <openssl/err.h>

namespace coroscope::net {

using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::MySqlClient)
};

/// How the server may ask for the password: never in clear text to whoever says to be the server, and never
/// with a question at the terminal, which is what libmariadb's plugin "dialog" does.
const char *loginMethods(MySqlTls tls)
{
    static constexpr char hashed[] =
        "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,"
        "parsec,auth_gssapi_client";
    static constexpr char any[] =
        "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,"
        "parsec,auth_gssapi_client,mysql_clear_password";
    return tls == MySqlTls::VerifyIdentity ? any : hashed;
}

template<class T>
T *takeLast(std::vector<T *> &list)
{
    if (list.empty())
        return nullptr;
    T *const last = list.back();
    list.pop_back();
    return last;
}

} // namespace

MySqlHandle::MySqlHandle(MySqlOptions options)
    : m_options(std::move(options))
{ }

MySqlHandle::~MySqlHandle() { breakOff(Kill::No); }

MySqlHandle::Use::Use(MySqlHandle &handle)
    : m_handle(handle)
{
    handle.requireFree();
    if (handle.m_rows || handle.m_statementRows)
        throw Exception(
            handle.error(Error::Kind::Input, Words::tr("rows of another result are still to be read")));
    handle.m_isUsed = true;
}

void MySqlHandle::requireFree() const
{
    if (m_state == State::New)
        throw Exception(error(Error::Kind::Input, Words::tr("not connected")));
    if (m_state == State::Closed)
        throw Exception(error(Error::Kind::Lost, Words::tr("the connection is closed")));
    if (m_isUsed)
        throw Exception(error(Error::Kind::Input, Words::tr("the connection is in use by another task")));
}

void MySqlHandle::renew()
{
    if (m_hasMysql) {
        mysql_close(&m_mysql);
        checkSocket();
    }
    mysql_init(&m_mysql);
    m_hasMysql = true;
    const std::size_t stack = 256 * 1024; // for OpenSSL, and a login plugin's loading
    mysql_options(&m_mysql, MYSQL_OPT_NONBLOCK, &stack);
    mysql_options(&m_mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const unsigned off = 0; // else any server may ask for this computer's files
    mysql_options(&m_mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    const auto largest = static_cast<unsigned long>(m_options.packetLimit);
    mysql_options(&m_mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &largest);
    const MySqlTls tls = m_options.address.tls;
    mysql_options(&m_mysql, MARIADB_OPT_RESTRICTED_AUTH, loginMethods(tls));
    if (tls == MySqlTls::Disabled)
        return;
    const my_bool on = 1;
    mysql_options(&m_mysql, MYSQL_OPT_SSL_ENFORCE, &on);
    const my_bool verifies = tls == MySqlTls::VerifyIdentity;
    mysql_options(&m_mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies);
    if (verifies && !m_options.caFile.isEmpty())
        mysql_options(&m_mysql, MYSQL_OPT_SSL_CA, m_options.caFile.toLocal8Bit().constData());
}

void MySqlHandle::opened()
{
    // libmariadb 3.3 goes on in clear text if the server can't encrypt, even with MYSQL_OPT_SSL_ENFORCE.
    m_isEncrypted = mysql_get_ssl_cipher(&m_mysql) != nullptr;
    if (m_options.address.tls != MySqlTls::Disabled && !m_isEncrypted) {
        breakOff(Kill::No);
        throw Exception(error(Error::Kind::Tls, Words::tr("the server offers no encrypted connection"),
                              Words::tr("Leave ssl-mode out only if nobody can listen on the way")));
    }
    // Nor does it see to it that reading from an encrypted socket doesn't block.
    const int descriptor = mysql_get_socket(&m_mysql);
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    m_connectionId = mysql_thread_id(&m_mysql);
    m_state = State::Open;
}

void MySqlHandle::beginStatement(const QByteArray &sql)
{
    m_hidesText = sqlHoldsSecret(sql);
    m_label = trace::isRecording() ? sqlLabel(sql) : QString();
    m_isRunning = true;
}

void MySqlHandle::leaveOver(MYSQL_RES *rows)
{
    if (rows == m_rows)
        m_rows = nullptr;
    if (isOpen() && rows->handle)
        m_leftRows.push_back(rows);
    else
        mysql_free_result(rows); // all there: no call
}

void MySqlHandle::leaveRowsOver(MYSQL_STMT *statement)
{
    if (statement != m_statementRows)
        return;
    m_statementRows = nullptr;
    m_statementsWithRows.push_back(statement);
}

void MySqlHandle::leaveOver(MYSQL_STMT *statement)
{
    std::erase(m_statementsWithRows, statement); // closing it skips them
    if (statement == m_statementRows)
        m_statementRows = nullptr;
    if (isOpen())
        m_leftStatements.push_back(statement);
    else
        mysql_stmt_close(statement); // the connection is gone: no call
}

bool MySqlHandle::hasLeftovers()
{
    return !m_leftRows.empty() || !m_statementsWithRows.empty() || !m_leftStatements.empty()
           || mysql_more_results(&m_mysql);
}

MYSQL_RES *MySqlHandle::takeLeftRows() { return takeLast(m_leftRows); }

MYSQL_STMT *MySqlHandle::takeStatementWithRows() { return takeLast(m_statementsWithRows); }

MYSQL_STMT *MySqlHandle::takeLeftStatement() { return takeLast(m_leftStatements); }

void MySqlHandle::breakOff(Kill kill)
{
    if (m_state == State::Closed)
        return;
    const bool isWorking = m_state == State::Open && m_isRunning;
    if (m_hasMysql) {
        mariadb_cancel(&m_mysql); // so that nothing below waits for the server
        for (MYSQL_RES *rows : m_leftRows)
            rows->handle = nullptr;
        if (m_rows)
            m_rows->handle = nullptr; // its owner frees it, without reading the rest
        m_hasMysql = false;
        mysql_close(&m_mysql);
        beforeCall(); // of others
    }
    closed();
    if (kill == Kill::Yes && isWorking && Loop::current())
        killStatement(m_options, m_connectionId);
}

void MySqlHandle::closed()
{
    m_state = State::Closed;
    m_hasMysql = false;
    m_isRunning = false;
    m_rows = nullptr;
    m_statementRows = nullptr;
    m_statementsWithRows.clear();
    dropNotifiers();
    for (MYSQL_RES *rows : std::exchange(m_leftRows, {}))
        mysql_free_result(rows);
    for (MYSQL_STMT *statement : std::exchange(m_leftStatements, {}))
        mysql_stmt_close(statement);
}

MySqlException MySqlHandle::failure()
{
    return failure(mysql_errno(&m_mysql), mysql_sqlstate(&m_mysql), mysql_error(&m_mysql));
}

MySqlException MySqlHandle::failure(MYSQL_STMT *statement)
{
    return failure(mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement), mysql_stmt_error(statement));
}

MySqlException MySqlHandle::failure(unsigned code, const char *sqlState, const char *text)
{
    auto failure = mySqlException(code, sqlState, text, where(), m_hidesText);
    const Error::Kind kind = failure.error().kind;
    if (m_state == State::Open)
        endStatement();
    if (kind != Error::Kind::Server && kind != Error::Kind::Login && m_state == State::Open)
        breakOff(Kill::No);
    return failure;
}

Error MySqlHandle::error(Error::Kind kind, const QString &what, const QString &advice) const
{
    return Error {.kind = kind, .what = what, .where = where(), .advice = advice};
}

trace::WaitNote MySqlHandle::note(MySqlPhase phase) const
{
    const auto noteOf = [](trace::WaitKind kind, const QString &text) {
        return trace::WaitNote {kind, trace::intern(text).value};
    };
    switch (phase) {
    case MySqlPhase::Connect:
        return noteOf(trace::WaitKind::Socket, QStringLiteral("connect %1").arg(where()));
    case MySqlPhase::Close:
        return noteOf(trace::WaitKind::Socket, QStringLiteral("close %1").arg(where()));
    case MySqlPhase::Prepare:
        return noteOf(trace::WaitKind::Command, QStringLiteral("prepare %1").arg(m_label));
    case MySqlPhase::Fetch:
        return noteOf(trace::WaitKind::Command, QStringLiteral("fetch"));
    case MySqlPhase::Tidy:
        return noteOf(trace::WaitKind::Command, QStringLiteral("skip rows"));
    case MySqlPhase::Query:
    case MySqlPhase::Execute:
        break;
    }
    return noteOf(trace::WaitKind::Command, m_label);
}

std::chrono::nanoseconds MySqlHandle::limit(MySqlPhase phase) const
{
    if (phase == MySqlPhase::Connect)
        return std::max<std::chrono::nanoseconds>(m_deadline - std::chrono::steady_clock::now(), 0ns);
    return phase == MySqlPhase::Close ? m_options.closeTimeout : m_options.timeout;
}

Error MySqlHandle::timeoutError(MySqlPhase phase) const
{
    const bool isConnecting = phase == MySqlPhase::Connect;
    const auto limit = isConnecting ? m_options.connectTimeout : m_options.timeout;
    const QString what = isConnecting ? Words::tr("no connection after %1 s")
                                      : Words::tr("no answer for %1 s");
    return error(Error::Kind::Timeout, what.arg(double(limit.count()) / 1000));
}

void MySqlHandle::watch(MySqlWait &wait, int events)
{
    m_waiting = &wait;
    checkSocket();
    if (m_descriptor < 0)
        return; // then time ends it
    if (!m_readNotifier) {
        m_readNotifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read);
        QObject::connect(m_readNotifier, &QSocketNotifier::activated, m_readNotifier,
                         [this] { onSocket(MYSQL_WAIT_READ); });
    }
    m_readNotifier->setEnabled(events & MYSQL_WAIT_READ);
    const bool writes = events & MYSQL_WAIT_WRITE;
    if (writes && !m_writeNotifier) {
        m_writeNotifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Write);
        QObject::connect(m_writeNotifier, &QSocketNotifier::activated, m_writeNotifier,
                         [this] { onSocket(MYSQL_WAIT_WRITE); });
    }
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(writes);
}

void MySqlHandle::onSocket(int events)
{
    if (m_waiting) {
        m_waiting->goOn(events);
        return;
    }
    // Data that nobody has asked for yet: rows that the reader is slow to take, or the connection's end.
    m_readNotifier->setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
}

void MySqlHandle::beforeCall()
{
    // An error that some other connection of this thread has left in OpenSSL's queue is taken for this one's.
    if (m_isEncrypted)
        ERR_clear_error();
}

void MySqlHandle::checkSocket()
{
    const my_socket now = m_hasMysql ? mysql_get_socket(&m_mysql) : MARIADB_INVALID_SOCKET;
    if (now == m_descriptor)
        return;
    dropNotifiers();
    m_descriptor = now;
}

void MySqlHandle::dropNotifiers()
{
    // Perhaps from inside of their own signal.
    for (QSocketNotifier **notifier : {&m_readNotifier, &m_writeNotifier}) {
        if (QSocketNotifier *const old = std::exchange(*notifier, nullptr)) {
            old->setEnabled(false);
            old->disconnect();
            old->deleteLater();
        }
    }
    m_descriptor = -1;
}

trace::WaitNote MySqlWait::traceNote() const
{
    return m_status == 0 ? trace::WaitNote {trace::WaitKind::Yield, 0} : m_handle.note(m_phase);
}

void MySqlWait::suspend()
{
    if (m_status == 0) { // a break between rows
        wake(trace::Cause::Yield);
        return;
    }
    armTimer(m_handle.limit(m_phase));
    m_handle.watch(*this, m_status);
}

void MySqlWait::goOn(int events)
{
    m_handle.beforeCall();
    m_status = proceed(events & m_status);
    if (m_status == 0) {
        m_handle.unwatch();
        m_handle.checkSocket();
        const bool isSocket = m_phase == MySqlPhase::Connect || m_phase == MySqlPhase::Close;
        wake(isSocket ? trace::Cause::Socket : trace::Cause::Reply);
        return;
    }
    if (m_phase != MySqlPhase::Connect && m_phase != MySqlPhase::Close) { // these have a limit for all of it
        disarmTimer();
        armTimer(m_handle.limit(m_phase));
    }
    m_handle.watch(*this, m_status);
}

void MySqlWait::giveUp() noexcept
{
    if (m_status == 0)
        return;
    m_handle.unwatch();
    mariadb_cancel(m_handle.mysql());
    constexpr int most = 100; // it ends after one or two
    for (int i = 0; m_status != 0 && i < most; ++i)
        m_status = proceed(m_status | MYSQL_WAIT_TIMEOUT);
    m_status = 0;
    if (m_phase == MySqlPhase::Close)
        m_handle.closed(); // mysql_close() has run to its end
    else
        m_handle.checkSocket();
}

void MySqlWait::timeIsUp() noexcept
{
    m_timedOut = true;
    giveUp();
    wake(trace::Cause::Timeout);
}

void MySqlWait::finish()
{
    if (!isCancelled() && !m_timedOut)
        return;
    m_handle.breakOff(MySqlHandle::Kill::Yes);
    leave();
    if (m_phase != MySqlPhase::Close) // closed it is in any case
        throw Exception(m_handle.timeoutError(m_phase));
}

} // namespace coroscope::net
