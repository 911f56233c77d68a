// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/subject.h"

#include "core/trace/names.h"
#include "core/trace/strings.h"

#include <QObject>
#include <QThread>
#include <QUrl>

namespace coroscope::trace {

namespace {

/// A "data:" URL may be a whole file.
constexpr qsizetype longestLabel = 300;

StringId label(QString text)
{
    if (text.size() > longestLabel)
        text = text.left(longestLabel - 1) + u'…';
    return intern(text);
}

/// Its own, which only its thread may read.
QString objectName(const QObject *object)
{
    return object->thread() == QThread::currentThread() ? object->objectName() : QString();
}

StringId senderLabel(const QObject *sender, QByteArrayView signal, const QString &name)
{
    if (!sender)
        return {};
    const QString own = objectName(sender);
    const QString &shown = own.isEmpty() ? name : own;
    QString text = QString::fromUtf8(sender->metaObject()->className());
    if (!shown.isEmpty())
        text += QStringLiteral(" “%1”").arg(shown);
    if (!signal.isEmpty())
        text += u' ' + QString::fromUtf8(signal);
    return label(text);
}

} // namespace

StringId urlLabel(const QUrl &url)
{
    if (!isRecording())
        return {};
    constexpr auto hidden = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
    return label(url.toDisplayString(hidden) + (url.hasQuery() ? QStringLiteral("?…") : QString()));
}

StringId signalLabel(const QObject *sender, const QMetaMethod &signal, const QString &name)
{
    return isRecording() ? senderLabel(sender, signal.name(), name) : StringId {};
}

StringId readyReadLabel(const QObject *device, const QString &name)
{
    return isRecording() ? senderLabel(device, "readyRead", name) : StringId {};
}

StringId socketLabel(const QString &peer)
{
    return isRecording() ? label(QStringLiteral("read %1").arg(peer)) : StringId {};
}

StringId typeLabel(const char *mangled) { return isRecording() ? label(fullTypeName(mangled)) : StringId {}; }

} // namespace coroscope::trace
