// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/mysqlparts.h"

#include "core/gallery/pythonrepr.h"

namespace coroscope::gallery {

namespace {

struct ValueRepr
{
    QString operator()(std::monostate) const { return QStringLiteral("None"); }
    QString operator()(qint64 value) const { return QString::number(value); }
    QString operator()(quint64 value) const { return QString::number(value); }
    QString operator()(double value) const { return repr(value); }
    QString operator()(const QString &value) const { return repr(value); }
    QString operator()(const QByteArray &value) const { return repr(value); }
};

QString tuple(const QStringList &members)
{
    const QString inside = members.join(QStringLiteral(", "));
    return members.size() == 1 ? QStringLiteral("(%1,)").arg(inside) : QStringLiteral("(%1)").arg(inside);
}

} // namespace

net::MySqlAddress addressOf(const QUrl &uri)
{
    const auto parsed = net::parseMySqlUrl(uri);
    if (const auto *error = std::get_if<net::Error>(&parsed))
        throw net::Exception(*error);
    auto address = std::get<net::MySqlAddress>(parsed);
    if (address.database.isEmpty())
        address.database = QStringLiteral("mysql");
    return address;
}

QString hostOf(const QUrl &uri)
{
    constexpr int usual = 3306;
    const int port = uri.port(usual);
    return port == usual ? uri.host() : QStringLiteral("%1:%2").arg(uri.host()).arg(port);
}

QString reprOfRows(const net::MySqlRows &rows)
{
    QStringList tuples;
    for (const net::MySqlValues &row : rows.rows) {
        QStringList cells;
        for (const net::MySqlValue &value : row)
            cells << std::visit(ValueRepr {}, value);
        tuples << tuple(cells);
    }
    return tuple(tuples);
}

} // namespace coroscope::gallery
