// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/filename.h"

#include <QHash>
#include <QStringDecoder>

namespace coroscope::download {

namespace {

using Parameters = QHash<QByteArray, QByteArray>;

/// Reads "quoted \"text\"", whose opening quote stands at `at`; an unclosed one reaches to the end.
QByteArray quotedValue(const QByteArray &header, qsizetype &at)
{
    QByteArray value;
    for (++at; at < header.size() && header[at] != '"'; ++at) {
        if (header[at] == '\\' && at + 1 < header.size())
            ++at;
        value += header[at];
    }
    return value;
}

/// The parameters of "attachment; a=b; c=\"d\"", names in lower case; the first of a name counts.
Parameters parameters(const QByteArray &header)
{
    Parameters found;
    qsizetype at = header.indexOf(';');
    while (at >= 0) {
        qsizetype end = ++at;
        while (end < header.size() && header[end] != '=' && header[end] != ';')
            ++end;
        const QByteArray name = header.sliced(at, end - at).trimmed().toLower();
        at = end;
        if (at == header.size())
            break;
        if (header[at] == ';')
            continue;
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t'))
            ++at;
        QByteArray value;
        if (at < header.size() && header[at] == '"') {
            value = quotedValue(header, at);
            at = header.indexOf(';', at);
        } else {
            const qsizetype next = header.indexOf(';', at);
            value = header.sliced(at, (next < 0 ? header.size() : next) - at).trimmed();
            at = next;
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
    const QByteArray charset = value.first(first).trimmed().toUpper();
    const QByteArray bytes = QByteArray::fromPercentEncoding(value.sliced(second + 1));
    if (charset == "UTF-8") {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(bytes);
        return decoder.hasError() ? QString() : text;
    }
    return charset == "ISO-8859-1" ? QString::fromLatin1(bytes) : QString();
}

/// RFC 2231: filename*0*=UTF-8''a%20; filename*1=b.txt
QString continuedValue(const Parameters &found)
{
    constexpr int mostParts = 100;
    QByteArray whole;
    bool isExtended = false;
    for (int i = 0; i < mostParts; ++i) {
        const QByteArray name = "filename*" + QByteArray::number(i);
        if (const auto part = found.constFind(name + '*'); part != found.cend() && (i == 0 || isExtended)) {
            isExtended = true;
            whole += *part;
        } else if (const auto plain = found.constFind(name); plain != found.cend()) {
            whole += isExtended ? plain->toPercentEncoding() : *plain;
        } else {
            break;
        }
    }
    return isExtended ? extendedValue(whole) : textOfBytes(whole);
}

} // namespace

QString textOfBytes(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    return decoder.hasError() ? QString::fromLatin1(bytes) : text;
}

QString dispositionFileName(const QByteArray &header)
{
    const Parameters found = parameters(header);
    if (const QString extended = extendedValue(found.value("filename*")); !extended.isEmpty())
        return extended;
    if (const QString continued = continuedValue(found); !continued.isEmpty())
        return continued;
    return textOfBytes(found.value("filename"));
}

} // namespace coroscope::download
