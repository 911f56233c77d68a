// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/scriptedserver.h"

namespace coroscope::test {

inline QByteArray answer(const QByteArray &head, const QByteArray &body = {})
{
    return "HTTP/1.1 " + head + "\r\n\r\n" + body;
}

/// 200 with the body's length, and further headers.
inline QByteArray whole(const QByteArray &body, const QByteArray &headers = {})
{
    return answer("200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                      + (headers.isEmpty() ? QByteArray() : "\r\n" + headers),
                  body);
}

/// One answer a request, the last again and again; the connection is closed after each.
inline ScriptedServer::Script inTurn(const QList<QByteArray> &answers)
{
    return [answers, asked = std::make_shared<qsizetype>(0)](QTcpSocket &socket, const QByteArray &) {
        socket.write(answers.value(std::min((*asked)++, answers.size() - 1)));
        socket.disconnectFromHost();
    };
}

/// The value of a request's header; null if it has none of that name.
inline QByteArray headerOf(const QByteArray &request, const QByteArray &name)
{
    for (const QByteArray &line : request.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).toLower() == name.toLower())
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

inline QByteArray pathOf(const QByteArray &request) { return request.split(' ').value(1); }

/// What a good server has, and what it says of it.
struct ServedFile
{
    QByteArray content;
    QByteArray etag = "\"v1\"";
    QByteArray lastModified {};
};

/// What a good server answers, Range and If-Range understood.
inline QByteArray answerTo(const QByteArray &request, const ServedFile &file)
{
    QByteArray headers = "Accept-Ranges: bytes";
    if (!file.etag.isEmpty())
        headers += "\r\nETag: " + file.etag;
    if (!file.lastModified.isEmpty())
        headers += "\r\nLast-Modified: " + file.lastModified;
    const QByteArray range = headerOf(request, "Range");
    const QByteArray ifRange = headerOf(request, "If-Range");
    const bool isSame = ifRange.isNull() || ifRange == file.etag || ifRange == file.lastModified;
    if (!range.startsWith("bytes=") || !isSame)
        return whole(file.content, headers);
    const QList<QByteArray> ends = range.mid(6).split('-');
    const qint64 size = file.content.size();
    const qint64 first = ends.value(0).toLongLong();
    const qint64 last = ends.value(1).isEmpty() ? size - 1 : std::min(ends.value(1).toLongLong(), size - 1);
    if (first >= size)
        return answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */"
                      + QByteArray::number(size) + "\r\n" + headers);
    return answer("206 Partial Content\r\nContent-Length: " + QByteArray::number(last - first + 1)
                      + "\r\nContent-Range: bytes " + QByteArray::number(first) + '-'
                      + QByteArray::number(last) + '/' + QByteArray::number(size) + "\r\n" + headers,
                  file.content.mid(first, last - first + 1));
}

inline ScriptedServer::Script serves(const ServedFile &file)
{
    return [file](QTcpSocket &socket, const QByteArray &request) { socket.write(answerTo(request, file)); };
}

} // namespace coroscope::test
