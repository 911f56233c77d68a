// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringDecoder>

namespace coroscope::net {

/// Any bytes in JSON: a string where they are UTF-8, else {"base64": …}.
inline QJsonValue bytesToJson(const QByteArray &bytes)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(bytes);
    if (!decode.hasError())
        return text;
    return QJsonObject {{QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
}

/// What bytesToJson() made.
inline QByteArray bytesFrom(const QJsonValue &value)
{
    if (value.isObject())
        return QByteArray::fromBase64(value.toObject()[QLatin1String("base64")].toString().toLatin1());
    return value.toString().toUtf8();
}

} // namespace coroscope::net
