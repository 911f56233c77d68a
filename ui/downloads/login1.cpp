// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/login1.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace coroscope::ui {

static QDBusMessage toManager(const char *method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.login1"),
                                          QStringLiteral("/org/freedesktop/login1"),
                                          QStringLiteral("org.freedesktop.login1.Manager"),
                                          QLatin1String(method));
}

void Login1::hold(bool on)
{
    m_isHeld = on;
    if (!on) {
        m_lock = {};
        return;
    }
    const QDBusConnection bus = QDBusConnection::systemBus();
    if (m_lock.isValid() || m_isAsking || !bus.isConnected())
        return;
    m_isAsking = true;
    QDBusMessage inhibit = toManager("Inhibit");
    inhibit << QStringLiteral("sleep:idle") << QStringLiteral("Coroscope") << tr("Downloads are under way")
            << QStringLiteral("block");
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(inhibit), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_isAsking = false;
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (!reply.isError() && m_isHeld)
            m_lock = reply.value();
    });
}

void Login1::suspend() { call("Suspend"); }

void Login1::powerOff() { call("PowerOff"); }

void Login1::call(const char *method)
{
    const QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected()) {
        emit failed(tr("The computer can't be asked to do that: there is no system bus."));
        return;
    }
    QDBusMessage message = toManager(method);
    message << false; // no dialog of its own: ours has counted down
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<> reply = *watcher;
        if (reply.isError())
            emit failed(tr("The computer refused: %1.").arg(reply.error().message()));
    });
}

} // namespace coroscope::ui
