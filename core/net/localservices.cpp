// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/localservices.h"

#include "core/net/mysqlservice.h"
#include "core/net/redisservice.h"

namespace coroscope::net {

struct LocalServices::Servers
{
    std::unique_ptr<HttpFileServer> http;
    std::vector<std::unique_ptr<RedisService>> redis;
    std::vector<std::unique_ptr<MySqlService>> mysql;
    Endpoints endpoints;
    int starting = 0;

    void oneLess(const std::function<void(Endpoints)> &done)
    {
        if (--starting > 0)
            return;
        endpoints.redis = urlsOf(redis);
        endpoints.mysql = urlsOf(mysql);
        done(endpoints);
    }

    template<class Service>
    static QList<QUrl> urlsOf(const std::vector<std::unique_ptr<Service>> &services)
    {
        QList<QUrl> urls;
        for (const auto &service : services) {
            if (service->isReady())
                urls << service->url();
        }
        return urls;
    }

    void noteFailure(const Error &error, const std::function<void(Endpoints)> &done)
    {
        if (starting == 0)
            return; // it ran, and ended later: its clients say so
        const QString problem = error.text();
        if (!endpoints.problems.contains(problem))
            endpoints.problems << problem;
        oneLess(done);
    }

    void startMySql(const QString &program, const std::function<void(Endpoints)> &done,
                    const std::function<void(QString)> &tell)
    {
        starting = mySqlServers;
        for (int i = 0; i < mySqlServers; ++i) {
            mysql.push_back(std::make_unique<MySqlService>(
                MySqlServiceOptions {.program = program, .password = MySqlService::randomPassword()}));
            MySqlService *const service = mysql.back().get();
            const QString name = LocalServices::tr("mariadbd %1 of %2").arg(i + 1).arg(mySqlServers);
            QObject::connect(service, &MySqlService::prepared, service,
                             [tell, name] { tell(LocalServices::tr("%1: its tables are made").arg(name)); });
            QObject::connect(service, &MySqlService::ready, service, [this, done, tell, name, service] {
                tell(LocalServices::tr("%1: ready at port %2").arg(name).arg(service->port()));
                oneLess(done);
            });
            QObject::connect(service, &MySqlService::failed, service,
                             [this, done](const Error &error) { noteFailure(error, done); });
            service->start();
        }
    }

    void start(FileSite site, const QString &program, const std::function<void(Endpoints)> &done)
    {
        starting = 1 + redisServers;
        for (int i = 0; i < redisServers; ++i) {
            redis.push_back(std::make_unique<RedisService>(
                RedisServiceOptions {.program = program, .password = RedisService::randomPassword()}));
            RedisService *const service = redis.back().get();
            QObject::connect(service, &RedisService::ready, service, [this, done] { oneLess(done); });
            QObject::connect(service, &RedisService::failed, service,
                             [this, done](const Error &error) { noteFailure(error, done); });
            service->start();
        }
        http = std::make_unique<HttpFileServer>(std::move(site));
        if (http->start())
            endpoints.http = http->url(QString());
        else
            endpoints.problems
                << LocalServices::tr("the local file server can't start: %1").arg(http->errorString());
        oneLess(done);
    }
};

LocalServices::LocalServices(FileSite site, QObject *parent)
    : QObject(parent)
    , m_site(std::move(site))
    , m_thread({.name = QStringLiteral("services"), .tracing = Tracing::Off})
    , m_servers(std::make_shared<Servers>())
{ }

LocalServices::~LocalServices()
{
    m_thread.post([servers = m_servers] {
        servers->http.reset();
        servers->redis.clear();
        servers->mysql.clear();
    });
    m_thread.stop();
}

void LocalServices::start(Wanted wanted)
{
    m_wantsMySql = m_wantsMySql || wanted == Wanted::MySql;
    if (m_isStarting)
        return;
    if (!m_endpoints)
        startBasic();
    else if (m_wantsMySql && !m_hasMySql)
        startMySql();
    else
        emit started(*m_endpoints);
}

void LocalServices::startBasic()
{
    m_isStarting = true;
    m_thread.startAndWait();
    const auto done = [this](Endpoints endpoints) {
        QMetaObject::invokeMethod(this, [this, endpoints] { onStarted(endpoints); }, Qt::QueuedConnection);
    };
    m_thread.post([servers = m_servers, site = m_site, program = m_redisProgram, done] {
        servers->start(site, program, done);
    });
}

void LocalServices::startMySql()
{
    m_isStarting = true;
    m_hasMySql = true;
    emit progress(tr("Starting %1 MySQL servers (mariadbd).").arg(mySqlServers));
    const auto done = [this](Endpoints endpoints) {
        QMetaObject::invokeMethod(this, [this, endpoints] { onStarted(endpoints); }, Qt::QueuedConnection);
    };
    const auto tell = [this](QString step) {
        QMetaObject::invokeMethod(this, [this, step] { emit progress(step); }, Qt::QueuedConnection);
    };
    m_thread.post([servers = m_servers, program = m_mySqlProgram, done, tell] {
        servers->startMySql(program, done, tell);
    });
}

void LocalServices::onStarted(const Endpoints &endpoints)
{
    m_isStarting = false;
    m_endpoints = endpoints;
    if (m_wantsMySql && !m_hasMySql)
        startMySql();
    else
        emit started(endpoints);
}

} // namespace coroscope::net
