// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/localservices.h"

#include "core/net/redisservice.h"

namespace coroscope::net {

struct LocalServices::Servers
{
    std::unique_ptr<HttpFileServer> http;
    std::vector<std::unique_ptr<RedisService>> redis;
    Endpoints endpoints;
    int starting = 0;

    void oneLess(const std::function<void(Endpoints)> &done)
    {
        if (--starting > 0)
            return;
        for (const auto &service : redis) {
            if (service->isReady())
                endpoints.redis << service->url();
        }
        done(endpoints);
    }

    void start(FileSite site, const QString &program, const std::function<void(Endpoints)> &done)
    {
        starting = 1 + redisServers;
        for (int i = 0; i < redisServers; ++i) {
            redis.push_back(std::make_unique<RedisService>(
                RedisServiceOptions {.program = program, .password = RedisService::randomPassword()}));
            RedisService *const service = redis.back().get();
            QObject::connect(service, &RedisService::ready, service, [this, done] { oneLess(done); });
            QObject::connect(service, &RedisService::failed, service, [this, done](const Error &error) {
                if (starting == 0)
                    return; // it ran, and ended later: its clients say so
                const QString problem = error.text();
                if (!endpoints.problems.contains(problem))
                    endpoints.problems << problem;
                oneLess(done);
            });
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
    });
    m_thread.stop();
}

void LocalServices::start()
{
    if (m_endpoints) {
        emit started(*m_endpoints);
        return;
    }
    if (m_isStarting)
        return;
    m_isStarting = true;
    m_thread.startAndWait();
    const auto done = [this](Endpoints endpoints) {
        QMetaObject::invokeMethod(this, [this, endpoints] { onStarted(endpoints); }, Qt::QueuedConnection);
    };
    m_thread.post([servers = m_servers, site = m_site, program = m_redisProgram, done] {
        servers->start(site, program, done);
    });
}

void LocalServices::onStarted(const Endpoints &endpoints)
{
    m_isStarting = false;
    m_endpoints = endpoints;
    emit started(endpoints);
}

} // namespace coroscope::net
