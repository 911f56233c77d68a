// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/hostlookup.h"

#include "core/runtime/notifier.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QHostInfo>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HostLookup)
};

// Names of this machine, which no server is asked for (RFC 6761, 6.3). What localhost itself is may stand in
// /etc/hosts; where there is none, it is known all the same.
QStringView withoutRoot(QStringView name) { return name.endsWith(u'.') ? name.chopped(1) : name; }
bool isLocalhost(QStringView name)
{
    return withoutRoot(name).compare(u"localhost", Qt::CaseInsensitive) == 0;
}
bool isBelowLocalhost(QStringView name)
{
    return withoutRoot(name).endsWith(u".localhost", Qt::CaseInsensitive);
}
QList<QHostAddress> thisMachine()
{
    return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
}

} // namespace

QCoro::Task<QList<QHostAddress>> lookUpHost(QString host, std::chrono::nanoseconds limit)
{
    const QHostAddress known(host);
    if (!known.isNull())
        co_return QList<QHostAddress> {known};
    if (isBelowLocalhost(host))
        co_return thisMachine();
    Notifier notifier;
    QHostInfo info;
    bool isKnown = false;
    QObject context; // the answer is for as long as this frame lives
    QHostInfo::lookupHost(host, &context, [&notifier, &info, &isKnown](const QHostInfo &answer) {
        info = answer;
        isKnown = true;
        notifier.notify(trace::Cause::Reply);
    });
    const auto label = trace::intern(QStringLiteral("look up %1").arg(host));
    const bool isInTime = co_await notifier.waitFor(limit, trace::WaitKind::Socket, label);
    if (!isInTime || !isKnown)
        throw Exception({.kind = Error::Kind::Timeout,
                         .what = Words::tr("the host's name was not looked up in time"),
                         .where = host});
    if (info.addresses().isEmpty() && isLocalhost(host))
        co_return thisMachine();
    if (info.addresses().isEmpty())
        throw Exception({.kind = Error::Kind::Dns,
                         .what = Words::tr("host not found"),
                         .where = host,
                         .advice = Words::tr("Check the host's name and the network")});
    co_return info.addresses();
}

} // namespace coroscope::net
