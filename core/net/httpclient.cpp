// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpclient.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <map>

namespace coroscope::net {

namespace {

/// The system's proxy, but none for this computer itself.
class SystemProxy : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QString host = query.peerHostName();
        if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
            return {QNetworkProxy::NoProxy};
        return systemProxyForQuery(query);
    }
};

} // namespace

/// A manager keeps connections alive, and a connection its trust: each trust has its own manager.
struct HttpClient::State
{
    struct Trust
    {
        QSslConfiguration configuration;
        std::unique_ptr<QNetworkAccessManager, void (*)(QNetworkAccessManager *)> manager;
    };
    std::map<TlsSettings, Trust> managers;
    std::map<QString, std::shared_ptr<Turnstile>> hosts;

    Trust &trust(const TlsSettings &tls)
    {
        const auto known = managers.find(tls);
        if (known != managers.end())
            return known->second;
        const QSslConfiguration configuration = tls.configuration();
        auto *manager = new QNetworkAccessManager;
        manager->setProxyFactory(new SystemProxy);
        manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        // Later: the last handle may go while a signal of this manager's reply is being delivered.
        const auto later = [](QNetworkAccessManager *m) { m->deleteLater(); };
        return managers.try_emplace(tls, Trust {configuration, {manager, later}}).first->second;
    }
};

HttpClient::HttpClient()
    : m_state(std::make_shared<State>())
{ }

std::shared_ptr<Turnstile> HttpClient::turnstile(const QUrl &url) const
{
    auto &hosts = m_state->hosts;
    std::erase_if(hosts,
                  [](const auto &host) { return host.second.use_count() == 1 && host.second->isIdle(); });
    const QString key = url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment
                                     | QUrl::RemoveUserInfo)
                            .toString();
    std::shared_ptr<Turnstile> &turnstile = hosts[key];
    if (!turnstile)
        turnstile = std::make_shared<Turnstile>(connectionsPerHost);
    return turnstile;
}

QNetworkReply *HttpClient::get(const QUrl &url, const TlsSettings &tls) const
{
    State::Trust &trust = m_state->trust(tls);
    QNetworkRequest request(url);
    request.setSslConfiguration(trust.configuration);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Coroscope"));
    request.setRawHeader("Accept-Encoding", "identity");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    return trust.manager->get(request);
}

} // namespace coroscope::net
