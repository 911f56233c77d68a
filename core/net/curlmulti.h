// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/curlhandles.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

class QSocketNotifier;

namespace coroscope::net {

/// libcurl's transfers on the event loop of the thread that makes it: sockets are watched by notifiers, time
/// by one timer, and libcurl is called from nowhere else. Keeps the connections that may be used again, names
/// and TLS sessions.
///
/// libcurl must not be called from inside of its callbacks: they note what came and wake, no more.
class CurlMulti
{
public:
    /// Called once, outside of libcurl, when a transfer is over and has been taken out.
    using Done = std::function<void(CURLcode)>;

    CurlMulti();
    ~CurlMulti();
    CurlMulti(const CurlMulti &) = delete;
    CurlMulti &operator=(const CurlMulti &) = delete;

    CurlHandles &handles() { return m_handles; }
    /// Starts a transfer: where a connection is kept, the request goes out at once. It must be removed, or
    /// done, before its handle goes. Not from inside of a callback.
    void add(CURL *easy, Done done);
    /// Ends a transfer at once; nothing if it is over.
    void remove(CURL *easy);
    /// Goes on with a transfer whose write callback paused it. What libcurl held back is delivered before
    /// this returns. Not from inside of a callback.
    void resume(CURL *easy);
    /// For the write callback: what comes after the bytes that libcurl has now stays on the socket, until
    /// resume().
    static void hold(CURL *easy);
    /// The connection of a transfer under way, for who reads it instead of libcurl, which holds it; remove()
    /// closes it. CURL_SOCKET_BAD: nobody knows.
    curl_socket_t socketOf(CURL *easy) const;

private:
    struct Transfer
    {
        Done done;
        curl_socket_t socket = CURL_SOCKET_BAD; ///< that was watched last
    };
    struct Watch
    {
        std::unique_ptr<QSocketNotifier> reads;
        std::unique_ptr<QSocketNotifier> writes;
        bool tellsItsEnd = false; ///< a connection: onClose() comes before the number may be another's
        bool isIdle = false; ///< nobody wants to hear of it, but for that
    };
    using Clock = std::chrono::steady_clock;

    static int onSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *);
    static int onOpen(void *self, curl_socket_t socket, curlsocktype purpose);
    static int onClose(void *self, curl_socket_t socket);
    static int onTimer(CURLM *multi, long milliseconds, void *self);
    void watch(curl_socket_t socket, int what);
    void hear(curl_socket_t socket, int events);
    void act(curl_socket_t socket, int events);
    void onTimeout();
    void setTimer();
    void collect();
    void end(CURL *easy, CURLcode code);

    CurlHandles m_handles;
    CURLM *m_multi;
    CURLSH *m_share; ///< TLS sessions; a multi handle shares all else by itself
    QTimer m_timer; ///< ends when libcurl wants it or, so that it is set less often, before
    Clock::time_point m_timerEnds;
    std::optional<Clock::time_point> m_due; ///< what libcurl wants
    std::unordered_map<curl_socket_t, Watch> m_watches;
    std::unordered_map<CURL *, Transfer> m_transfers;
};

} // namespace coroscope::net
