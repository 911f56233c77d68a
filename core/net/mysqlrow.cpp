// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlrow.h"

#include <charconv>

namespace coroscope::net {

namespace {

template<class T>
std::optional<T> numberIn(QByteArrayView bytes)
{
    T value {};
    const char *const last = bytes.data() + bytes.size();
    const auto [end, error] = std::from_chars(bytes.data(), last, value);
    return error == std::errc() && end == last ? std::optional(value) : std::nullopt;
}

} // namespace

MySqlValue MySqlRow::value(qsizetype column) const
{
    return isNull(column) ? MySqlValue() : toValue((*m_columns)[std::size_t(column)].type, bytes(column));
}

MySqlValues MySqlRow::values() const
{
    MySqlValues values;
    values.reserve(std::size_t(size()));
    for (qsizetype i = 0; i < size(); ++i)
        values.push_back(value(i));
    return values;
}

std::optional<qint64> MySqlRow::toInteger(qsizetype column) const { return numberIn<qint64>(bytes(column)); }

std::optional<quint64> MySqlRow::toUnsigned(qsizetype column) const
{
    if ((*m_columns)[std::size_t(column)].type != MySqlType::Bit)
        return numberIn<quint64>(bytes(column));
    return isNull(column) ? std::nullopt : std::optional(std::get<quint64>(value(column)));
}

std::optional<double> MySqlRow::toReal(qsizetype column) const { return numberIn<double>(bytes(column)); }

std::optional<QDate> MySqlRow::toDate(qsizetype column) const
{
    const QDate date = QDate::fromString(text(column).left(10), Qt::ISODate);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<QDateTime> MySqlRow::toDateTime(qsizetype column) const
{
    QDateTime moment = QDateTime::fromString(text(column).left(23), Qt::ISODateWithMs);
    moment.setTimeSpec(Qt::UTC);
    return moment.isValid() ? std::optional(moment) : std::nullopt;
}

std::optional<std::chrono::microseconds> MySqlRow::toSpan(qsizetype column) const
{
    QByteArrayView text = bytes(column);
    const bool isNegative = text.startsWith('-');
    if (isNegative)
        text = text.sliced(1);
    const auto parts = text.toByteArray().split(':');
    if (parts.size() != 3)
        return {};
    const auto hours = numberIn<qint64>(parts[0]);
    const auto minutes = numberIn<qint64>(parts[1]);
    const auto seconds = numberIn<qint64>(parts[2].left(2));
    const QByteArray fraction = parts[2].mid(3).leftJustified(6, '0');
    const auto micros = numberIn<qint64>(fraction);
    if (!hours || !minutes || !seconds || !micros)
        return {};
    const std::chrono::microseconds span = std::chrono::hours(*hours) + std::chrono::minutes(*minutes)
                                           + std::chrono::seconds(*seconds)
                                           + std::chrono::microseconds(*micros);
    return isNegative ? -span : span;
}

} // namespace coroscope::net
