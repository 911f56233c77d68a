// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/rowtext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <cmath>

namespace coroscope::tasks {

namespace {

QByteArray inOneField(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\0':
            out += "\\0";
            break;
        case '\\':
            out += "\\\\";
            break;
        default:
            out += c;
        }
    }
    return out;
}

/// A JSON string, with its quotes.
QByteArray quoted(const QString &text)
{
    const QByteArray object = QJsonDocument(QJsonObject {{QString(), text}}).toJson(QJsonDocument::Compact);
    return object.sliced(4, object.size() - 5); // {"":…}
}

struct JsonOf
{
    QByteArray operator()(std::monostate) const { return "null"; }
    QByteArray operator()(qint64 value) const { return QByteArray::number(value); }
    QByteArray operator()(quint64 value) const { return QByteArray::number(value); }
    QByteArray operator()(double value) const
    {
        return std::isfinite(value) ? QByteArray::number(value, 'g', 17) : QByteArray("null");
    }
    QByteArray operator()(const QString &value) const { return quoted(value); }
    QByteArray operator()(const QByteArray &value) const
    {
        return "{\"base64\":\"" + value.toBase64() + "\"}";
    }
};

} // namespace

QByteArray headerLine(const net::MySqlColumns &columns)
{
    QByteArrayList names;
    for (const net::MySqlColumn &column : columns)
        names << inOneField(column.name.toUtf8());
    return names.join('\t') + '\n';
}

QByteArray cellText(const net::MySqlValue &value)
{
    if (const auto *bytes = std::get_if<QByteArray>(&value))
        return "0x" + bytes->toHex();
    return inOneField(net::toText(value).toUtf8());
}

QByteArray rowLine(const net::MySqlRow &row)
{
    QByteArray line;
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (i > 0)
            line += '\t';
        line += cellText(row.value(i));
    }
    return line + '\n';
}

QByteArray rowJson(const net::MySqlRow &row)
{
    QByteArray object = "{";
    QSet<QString> names;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const QString &name = row.columns()[std::size_t(i)].name;
        QString key = name;
        for (int n = 2; names.contains(key); ++n)
            key = QStringLiteral("%1:%2").arg(name).arg(n);
        names.insert(key);
        if (i > 0)
            object += ',';
        object += quoted(key) + ':' + std::visit(JsonOf {}, row.value(i));
    }
    return object + '}';
}

} // namespace coroscope::tasks
