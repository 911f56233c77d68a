// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/httpclient.h"
#include "core/net/httpget.h"
#include "core/net/rawbody.h"
#include "core/runtime/notifier.h"

#include <limits>

namespace coroscope::net {

/// One GET under way, as a coroutine wants to see it. Follows no redirect by itself and keeps about
/// readBuffer bytes that nobody has read, then the server has to wait. What doesn't arrive whole, by the
/// rules of HTTP, is an error. On the loop's thread; outlives the client if need be.
class HttpTransfer
{
public:
    static constexpr qint64 readBuffer = 512 * 1024;

    /// Starts it. Throws Exception if the GET can't be made: no certificate in the CA file, an unreadable
    /// netrc or cookies file, a header that is two, another scheme than http and https.
    /// `worthTakingOver`: of a body that lacks so many bytes or more the first are read, and the rest is left
    /// on the connection until takeOver() or read(), where takeOver() is possible.
    HttpTransfer(const HttpClient &client, HttpGet get, std::optional<qint64> worthTakingOver = {});
    /// Ends it at once, whatever it waits for.
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    /// Awaited, it ends when bytes, the head or the end came, or when read() left something (true), or with
    /// the time (false). The loop resumes the awaiter, never libcurl. Cancellable.
    auto activity(StringId label, std::chrono::nanoseconds timeout)
    {
        return m_notifier.waitFor(timeout, trace::WaitKind::Reply, label);
    }

    /// Status and headers of the final response are known, or the transfer has failed.
    bool hasHead() const;
    /// The last byte has come, or the transfer has failed, and all that came was read.
    bool isOver() const;
    /// How much read() gives.
    qint64 available() const;
    /// What has come and wasn't read yet, also of a transfer that failed since.
    QByteArray read(qint64 most = std::numeric_limits<qint64>::max());

    /// Leaves the rest of the body to the caller, who takes it off the connection himself, on whichever
    /// thread, and tells so. What is available() comes before. Null, and nothing has changed: it isn't worth
    /// it, or not plain (TLS, a proxy, chunks), or nobody knows how much it is, or read() has been called.
    std::shared_ptr<RawBody> takeOver();
    /// So many bytes more were taken off.
    void tookRaw(qint64 bytes);
    /// No more will come: errno's number, or 0 where the server has closed the connection.
    void lostRaw(int number);
    /// Nothing is there now: activity() tells when there is.
    void awaitRaw();

    int status() const; ///< 0 while unknown
    /// Any case; of several, "one, two".
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;
    /// Where a 3xx sends us; nothing if it isn't one, or one without a usable Location.
    std::optional<QUrl> redirect() const;
    /// Of this response's body. Nothing: the server doesn't say. Throws Exception if what it says is no
    /// length, or two.
    std::optional<qint64> contentLength() const;
    /// The connection's or the server's error; nothing as long as all is well. Kind::Certificate: the
    /// server's isn't trusted; Kind::Tls: it speaks no TLS of ours; dropped in the handshake is Lost.
    std::optional<Error> error() const;

private:
    struct Exchange;

    Notifier m_notifier;
    std::unique_ptr<Exchange> m_exchange;
};

/// A URL for messages and lanes: without user, password and fragment.
QString shownUrl(const QUrl &url);

} // namespace coroscope::net
