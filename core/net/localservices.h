// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpfileserver.h"
#include "core/runtime/loopthread.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace coroscope::net {

/// Where the local services are; what couldn't be started is named instead.
struct Endpoints
{
    QUrl http; ///< "http://127.0.0.1:port"; empty: no file server
    QList<QUrl> redis; ///< with their passwords
    QList<QUrl> mysql {}; ///< the same; empty while nobody has wanted them
    QStringList problems; ///< sentences for a person
};

/// Servers of our own for trying things out: an HTTP file server, two redis-servers and, for who wants them,
/// two mariadbds. They run on one thread of their own that leaves no trace, are started when first wanted and
/// end with this object, and with the program.
///
/// Lives on any thread with an event loop.
class LocalServices : public QObject
{
    Q_OBJECT
public:
    static constexpr int redisServers = 2;
    static constexpr int mySqlServers = 2;

    explicit LocalServices(FileSite site, QObject *parent = nullptr);
    ~LocalServices() override;

    enum class Wanted : std::uint8_t {
        Basic, ///< files and Redis
        MySql, ///< these, and MySQL, which takes two seconds to start
    };
    /// started() follows, with all that was ever wanted: soon, or now if they run already.
    void start(Wanted wanted = Wanted::Basic);
    /// For tests and for demonstration: the program that is to be found on the PATH.
    void setRedisProgram(const QString &program) { m_redisProgram = program; }
    void setMySqlProgram(const QString &program) { m_mySqlProgram = program; }

signals:
    /// What is being started, for a person to follow: "mariadbd 1 of 2: making its tables".
    void progress(const QString &step);
    void started(const coroscope::net::Endpoints &endpoints);

private:
    struct Servers;

    void startBasic();
    void startMySql();
    void onStarted(const Endpoints &endpoints);

    FileSite m_site;
    QString m_redisProgram = QStringLiteral("redis-server");
    QString m_mySqlProgram = QStringLiteral("mariadbd");
    LoopThread m_thread;
    std::shared_ptr<Servers> m_servers; ///< touched on m_thread alone
    std::optional<Endpoints> m_endpoints;
    bool m_isStarting = false;
    bool m_wantsMySql = false;
    bool m_hasMySql = false; ///< or tried to
};

} // namespace coroscope::net
