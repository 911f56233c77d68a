// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/filename.h"

#include <QHash>

namespace coroscope::tasks {

namespace {

/// The parameters of "attachment; a=b; c=\"d\"", names in lower case; the first of a name counts.
QHash<QByteArray, QByteArray> parameters(const QByteArray &header)
{
    QHash<QByteArray, QByteArray> found;
    qsizetype at = header.indexOf(';');
    while (at >= 0 && at < header.size()) {
        const qsizetype equals = header.indexOf('=', ++at);
        if (equals < 0)
            break;
        const QByteArray name = header.sliced(at, equals - at).trimmed().toLower();
        QByteArray value;
        at = equals + 1;
        while (at < header.size() && header[at] == ' ')
            ++at;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size())
                    ++at;
                value += header[at];
            }
            at = header.indexOf(';', at);
        } else {
            const qsizetype end = header.indexOf(';', at);
            value = header.sliced(at, (end < 0 ? header.size() : end) - at).trimmed();
            at = end;
        }
        if (!found.contains(name))
            found.insert(name, value);
    }
    return found;
}

/// RFC 5987: UTF-8'language'percent-encoded; empty if it is anything else.
QString extendedValue(const QByteArray &value)
{
    const qsizetype first = value.indexOf('\'');
    const qsizetype second = first < 0 ? -1 : value.indexOf('\'', first + 1);
    if (second < 0)
        return {};
    const QByteArray charset = value.first(first).toUpper();
    const QByteArray bytes = QByteArray::fromPercentEncoding(value.sliced(second + 1));
    if (charset == "UTF-8")
        return QString::fromUtf8(bytes);
    return charset == "ISO-8859-1" ? QString::fromLatin1(bytes) : QString();
}

} // namespace

QString dispositionFileName(const QByteArray &header)
{
    const auto found = parameters(header);
    const QString extended = extendedValue(found.value("filename*"));
    return extended.isEmpty() ? QString::fromUtf8(found.value("filename")) : extended;
}

} // namespace coroscope::tasks
