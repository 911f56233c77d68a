// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlvalue.h"

#include "core/net/escape.h"

#include <QLocale>

#include <charconv>

namespace coroscope::net {

namespace {

template<class T>
MySqlValue number(QByteArrayView bytes)
{
    T value {};
    const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
    if (error != std::errc() || end != bytes.data() + bytes.size())
        return QString::fromUtf8(bytes); // a server that says one thing and sends another
    return value;
}

quint64 bits(QByteArrayView bytes)
{
    quint64 value = 0;
    for (const char c : bytes)
        value = value << 8 | quint8(c);
    return value;
}

struct TextOf
{
    QString operator()(std::monostate) const { return QStringLiteral("NULL"); }
    QString operator()(qint64 value) const { return QString::number(value); }
    QString operator()(quint64 value) const { return QString::number(value); }
    QString operator()(double value) const
    {
        return QString::number(value, 'g', QLocale::FloatingPointShortest);
    }
    QString operator()(const QString &value) const { return value; }
    QString operator()(const QByteArray &value) const
    {
        constexpr qsizetype most = 32;
        const QString hex = QStringLiteral("0x%1").arg(
            QLatin1String(value.first(qMin(most, value.size())).toHex()));
        const QString size = QStringLiteral(" (%1 bytes)").arg(grouped(value.size()));
        return value.size() > most ? hex + QStringLiteral("…") + size : hex + size;
    }
};

} // namespace

MySqlValue toValue(MySqlType type, QByteArrayView bytes)
{
    switch (type) {
    case MySqlType::Null:
        return {};
    case MySqlType::Integer:
        return number<qint64>(bytes);
    case MySqlType::Unsigned:
        return number<quint64>(bytes);
    case MySqlType::Real:
        return number<double>(bytes);
    case MySqlType::Bit:
        return bits(bytes);
    case MySqlType::Blob:
        return bytes.toByteArray();
    case MySqlType::Decimal:
    case MySqlType::Date:
    case MySqlType::Time:
    case MySqlType::DateTime:
    case MySqlType::Text:
        break;
    }
    return QString::fromUtf8(bytes);
}

QString toText(const MySqlValue &value) { return std::visit(TextOf {}, value); }

} // namespace coroscope::net
