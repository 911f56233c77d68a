// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/contentsource.h"

#include <QMap>
#include <QString>
#include <QTcpServer>
#include <QUrl>

#include <memory>
#include <optional>

namespace coroscope::net {

/// A file that exists only on the wire.
struct SampleFile
{
    qint64 size = 0;
    std::optional<qint64> bytesPerSecond {}; ///< throttled to this
    std::optional<qint64> resetAfter {}; ///< the connection is reset after so many bytes of each answer
    QByteArray content {}; ///< instead of made-up bytes; `size` then doesn't count
    QByteArray contentType = QByteArrayLiteral("text/html; charset=utf-8"); ///< of `content`
};

/// What a file server has to offer. A value: the server takes a copy.
struct FileSite
{
    QString folder {}; ///< served whole, without what a "..", or a link, leads to outside; empty: none
    QMap<QByteArray, SampleFile> samples {}; ///< by path: "/ubuntu.iso"; before the folder's files
    std::optional<qint64> bytesPerSecond {}; ///< for each of the folder's files

    struct Found
    {
        std::unique_ptr<ContentSource> source;
        std::optional<qint64> bytesPerSecond;
        std::optional<qint64> resetAfter;
    };
    /// Nothing: 404.
    std::optional<Found> find(const QByteArray &path) const;
    /// The seed of a sample's content, for who wants to check what came.
    static quint64 seedOf(const QByteArray &path);
};

/// An HTTP/1.1 server on a free port of 127.0.0.1: GET and HEAD, ranges, validators, keep-alive. Each
/// connection is a coroutine that writes no faster than the client reads.
///
/// Lives on the thread of a Loop, which spawns the connections. Destroyed, it takes no more of them; those
/// that are open go on until the loop ends.
class HttpFileServer : public QTcpServer
{
    Q_OBJECT
public:
    explicit HttpFileServer(FileSite site, QObject *parent = nullptr);

    /// False: no port could be had; errorString() says why.
    bool start();
    /// "http://127.0.0.1:port" + path
    QUrl url(const QString &path = QStringLiteral("/")) const;

private:
    void accept();

    std::shared_ptr<const FileSite> m_site;
};

} // namespace coroscope::net
