// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curlproxy.h"

#include "core/net/error.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxyFactory>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::Proxy)
};

bool isThisComputer(const QString &host)
{
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"))
           || QHostAddress(host).isLoopback();
}

QByteArray hostForCurl(const QString &host)
{
    return host.contains(':') ? '[' + host.toLatin1() + ']' : QUrl::toAce(host);
}

CurlProxy systemProxy(const QUrl &url)
{
    if (isThisComputer(url.host()))
        return {};
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        const bool isSocks = proxy.type() == QNetworkProxy::Socks5Proxy;
        const bool isHttp = proxy.type() == QNetworkProxy::HttpProxy
                            || proxy.type() == QNetworkProxy::HttpCachingProxy;
        if (proxy.type() == QNetworkProxy::NoProxy)
            return {};
        if (isSocks || isHttp) {
            return {.host = hostForCurl(proxy.hostName()),
                    .port = proxy.port(),
                    .type = isSocks ? CURLPROXY_SOCKS5_HOSTNAME : CURLPROXY_HTTP,
                    .credentials = {.user = proxy.user(), .password = proxy.password()}};
        }
    }
    return {};
}

CurlProxy namedProxy(const QString &text)
{
    struct Scheme
    {
        QLatin1String name;
        curl_proxytype type;
        int port;
    };
    static constexpr Scheme schemes[] = {
        {QLatin1String("http"), CURLPROXY_HTTP, 8080},
        {QLatin1String("socks5"), CURLPROXY_SOCKS5, 1080},
        {QLatin1String("socks5h"), CURLPROXY_SOCKS5_HOSTNAME, 1080},
    };
    const QUrl url(text, QUrl::StrictMode);
    for (const Scheme &scheme : schemes) {
        if (url.isValid() && url.scheme() == scheme.name && !url.host().isEmpty()) {
            return {.host = hostForCurl(url.host()),
                    .port = url.port(scheme.port),
                    .type = scheme.type,
                    .credentials = {.user = url.userName(QUrl::FullyDecoded),
                                    .password = url.password(QUrl::FullyDecoded)}};
        }
    }
    throw Exception({.kind = Error::Kind::Input,
                     .what = Words::tr("no proxy's address"),
                     .where = url.isValid() ? url.toDisplayString(QUrl::RemoveUserInfo) : QString(),
                     .advice = Words::tr("Write it as http://host:port or socks5://host:port")});
}

} // namespace

CurlProxy CurlProxy::of(const HttpGet &get)
{
    if (get.access.proxy == QLatin1String("none"))
        return {};
    CurlProxy proxy = get.access.proxy.isEmpty() ? systemProxy(get.url) : namedProxy(get.access.proxy);
    if (!get.proxyCredentials.isEmpty())
        proxy.credentials = get.proxyCredentials;
    return proxy;
}

} // namespace coroscope::net
