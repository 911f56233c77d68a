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
    QStringList problems; ///< sentences for a person
};

/// Servers of our own for trying things out: an HTTP file server and two redis-servers. They run on one
/// thread of their own that leaves no trace, are started when first wanted and end with this object, and with
/// the program.
///
/// Lives on any thread with an event loop.
class LocalServices : public QObject
{
    Q_OBJECT
public:
    static constexpr int redisServers = 2;

    explicit LocalServices(FileSite site, QObject *parent = nullptr);
    ~LocalServices() override;

    /// started() follows: soon, or now if they run already.
    void start();
    /// For tests and for demonstration: the program that is to be found on the PATH.
    void setRedisProgram(const QString &program) { m_redisProgram = program; }

signals:
    void started(const coroscope::net::Endpoints &endpoints);

private:
    struct Servers;

    void onStarted(const Endpoints &endpoints);

    FileSite m_site;
    QString m_redisProgram = QStringLiteral("redis-server");
    LoopThread m_thread;
    std::shared_ptr<Servers> m_servers; ///< touched on m_thread alone
    std::optional<Endpoints> m_endpoints;
    bool m_isStarting = false;
};

} // namespace coroscope::net
