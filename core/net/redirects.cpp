// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redirects.h"

#include "core/net/error.h"
#include "core/net/httptransfer.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::Redirects)
};

[[noreturn]] void fail(const QString &what, const QUrl &where)
{
    throw Exception({.kind = Error::Kind::Redirect, .what = what, .where = shownUrl(where)});
}

bool isSameServer(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) {
        return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

} // namespace

Redirects::Redirects(const QUrl &start)
    : m_current(start)
    , m_visited {start}
{ }

QUrl Redirects::follow(const QUrl &location)
{
    QUrl next = m_current.resolved(location);
    next.setFragment(QString());
    if (isSameServer(m_current, next) && next.userInfo().isEmpty())
        next.setUserInfo(m_current.userInfo(QUrl::FullyEncoded), QUrl::StrictMode);
    else if (!isSameServer(m_current, next))
        next.setUserInfo(QString());

    const QString scheme = next.scheme();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        fail(Words::tr("a redirect to “%1:”, which can't be fetched").arg(scheme), m_current);
    if (next.host().isEmpty())
        fail(Words::tr("a redirect that names no host"), m_current);
    if (m_current.scheme() == QLatin1String("https") && scheme == QLatin1String("http"))
        fail(Words::tr("a redirect from https to http, which isn't followed"), m_current);
    if (m_visited.contains(next))
        fail(Words::tr("redirects that go in a circle"), next);
    if (m_visited.size() > most)
        fail(Words::tr("more than %1 redirects").arg(most), next);
    m_visited.insert(next);
    m_current = next;
    return next;
}

} // namespace coroscope::net
