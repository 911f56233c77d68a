// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/runtime/notifier.h"

#include <QNetworkReply>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace coroscope::net {

/// One GET under way, as a coroutine wants to see it. Follows no redirect by itself and keeps no more than
/// readBuffer bytes that nobody has read. On the loop's thread; destroying it ends the transfer.
class HttpTransfer
{
public:
    static constexpr qint64 readBuffer = 512 * 1024;

    /// Takes the reply over.
    explicit HttpTransfer(QNetworkReply *reply);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    /// Awaited, it ends when bytes, headers or the end came (true), or with the time (false). The loop
    /// resumes the awaiter, never a signal of the reply. Cancellable.
    auto activity(StringId label, std::chrono::nanoseconds timeout)
    {
        return m_notifier.waitFor(timeout, trace::WaitKind::Reply, label);
    }

    /// Status and headers are known, or the transfer has failed.
    bool hasHead() const;
    /// The last byte has come and been read, or the transfer has failed.
    bool isOver() const;
    /// What has come and wasn't read yet.
    QByteArray read();

    int status() const; ///< 0 while unknown
    QByteArray header(const QByteArray &name) const { return m_reply->rawHeader(name); }
    /// Where a 3xx sends us; nothing if it isn't one, or one without a usable Location.
    std::optional<QUrl> redirect() const;
    /// Nothing: the server doesn't say. Throws Exception if what it says is no number.
    std::optional<qint64> contentLength() const;
    /// The connection's or the server's error; nothing as long as all is well.
    std::optional<Error> error() const;

private:
    Error connectionError() const;

    struct Deleter
    {
        void operator()(QNetworkReply *reply) const;
    };

    Notifier m_notifier;
    QList<QSslError> m_tlsErrors;
    QObject m_context; ///< ends our connections to the reply before anything else goes
    std::unique_ptr<QNetworkReply, Deleter> m_reply;
};

/// A URL for messages and lanes: without user, password and fragment.
QString shownUrl(const QUrl &url);

} // namespace coroscope::net
