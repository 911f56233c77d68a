// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curlmulti.h"

#include "core/net/curllibrary.h"

#include <QSocketNotifier>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace coroscope::net {

using namespace std::chrono_literals;

namespace {

constexpr long keptConnections = 64;

/// What the system calls the connection's own end; 0: it doesn't.
long portOf(curl_socket_t socket)
{
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 0;
    if (address.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in &>(address).sin_port);
    return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6 &>(address).sin6_port)
                                         : 0;
}

} // namespace

CurlMulti::CurlMulti()
{
    loadCurl();
    m_multi = curl_multi_init();
    m_share = curl_share_init();
    if (!m_multi || !m_share)
        qFatal("libcurl can't be used: out of memory");
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
}

CurlMulti::~CurlMulti()
{
    m_handles.clear(); // they use what follows
    curl_multi_cleanup(m_multi);
    curl_share_cleanup(m_share);
}

void CurlMulti::add(CURL *easy, Done done)
{
    curl_easy_setopt(easy, CURLOPT_SHARE, m_share);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, onOpen);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, onClose);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
    m_transfers[easy] = {.done = std::move(done)};
    curl_multi_add_handle(m_multi, easy); // it is due now
    act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlMulti::remove(CURL *easy)
{
    if (m_transfers.erase(easy) == 0)
        return;
    curl_multi_remove_handle(m_multi, easy);
    setTimer();
}

void CurlMulti::resume(CURL *easy)
{
    const CURLcode code = curl_easy_pause(easy, CURLPAUSE_CONT);
    if (code != CURLE_OK)
        end(easy, code);
    setTimer();
}

void CurlMulti::hold(CURL *easy)
{
    // Both ways: with one of them libcurl 7.88 would read what is there, and keep it to itself.
    curl_easy_pause(easy, CURLPAUSE_ALL);
}

curl_socket_t CurlMulti::socketOf(CURL *easy) const
{
    const auto transfer = m_transfers.find(easy);
    if (transfer == m_transfers.end() || transfer->second.socket == CURL_SOCKET_BAD)
        return CURL_SOCKET_BAD;
    const curl_socket_t socket = transfer->second.socket;
    long port = 0; // libcurl 7.88 doesn't tell the socket itself before the end
    curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
    return port != 0 && port == portOf(socket) ? socket : CURL_SOCKET_BAD;
}

int CurlMulti::onSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *)
{
    CurlMulti &multi = *static_cast<CurlMulti *>(self);
    const auto transfer = multi.m_transfers.find(easy);
    if (transfer != multi.m_transfers.end() && what != CURL_POLL_REMOVE)
        transfer->second.socket = socket;
    multi.watch(socket, what);
    return 0;
}

int CurlMulti::onOpen(void *self, curl_socket_t socket, curlsocktype)
{
    static_cast<CurlMulti *>(self)->m_watches[socket].tellsItsEnd = true;
    return CURL_SOCKOPT_OK;
}

int CurlMulti::onClose(void *self, curl_socket_t socket)
{
    CurlMulti &multi = *static_cast<CurlMulti *>(self);
    multi.m_watches[socket].tellsItsEnd = false;
    multi.watch(socket, CURL_POLL_REMOVE);
    return ::close(socket);
}

int CurlMulti::onTimer(CURLM *, long milliseconds, void *self)
{
    auto &due = static_cast<CurlMulti *>(self)->m_due;
    due.reset();
    if (milliseconds >= 0)
        due = Clock::now() + std::chrono::milliseconds(milliseconds);
    return 0;
}

/// Once libcurl has returned: meanwhile it changes its mind more than once.
void CurlMulti::setTimer()
{
    if (!m_due || (m_timer.isActive() && m_timerEnds <= *m_due))
        return;
    m_timerEnds = *m_due;
    m_timer.start(std::max(std::chrono::ceil<std::chrono::milliseconds>(*m_due - Clock::now()), 0ms));
}

void CurlMulti::onTimeout()
{
    if (m_due && *m_due <= Clock::now())
        act(CURL_SOCKET_TIMEOUT, 0);
    else
        setTimer();
}

void CurlMulti::watch(curl_socket_t socket, int what)
{
    Watch &watch = m_watches[socket];
    // A connection that is kept is wanted again soon, and each change costs several calls of the system: it
    // stays watched until something comes that nobody wants, such as its end.
    watch.isIdle = what == CURL_POLL_REMOVE && watch.tellsItsEnd;
    // A notifier may be the one whose signal we are in, so none is destroyed here: it waits, switched off,
    // for the next socket of this number.
    const bool reads = watch.isIdle || what == CURL_POLL_IN || what == CURL_POLL_INOUT;
    const bool writes = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
    const auto set = [&](std::unique_ptr<QSocketNotifier> &notifier, bool on, QSocketNotifier::Type type,
                         int event) {
        if (!notifier && on && !watch.isIdle) {
            notifier = std::make_unique<QSocketNotifier>(socket, type);
            QObject::connect(notifier.get(), &QSocketNotifier::activated, &m_timer,
                             [this, socket, event] { hear(socket, event); });
        } else if (notifier) {
            notifier->setEnabled(on);
        }
    };
    set(watch.reads, reads, QSocketNotifier::Read, CURL_CSELECT_IN);
    set(watch.writes, writes, QSocketNotifier::Write, CURL_CSELECT_OUT);
}

void CurlMulti::hear(curl_socket_t socket, int events)
{
    Watch &watch = m_watches[socket];
    if (watch.isIdle)
        watch.reads->setEnabled(false); // libcurl looks by itself before it uses a connection again
    else
        act(socket, events);
}

void CurlMulti::act(curl_socket_t socket, int events)
{
    int running = 0;
    if (m_due && *m_due <= Clock::now())
        m_due.reset(); // libcurl sees to it now, and says when it wants more
    curl_multi_socket_action(m_multi, socket, events, &running);
    collect();
    setTimer();
}

void CurlMulti::collect()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg == CURLMSG_DONE)
            end(message->easy_handle, message->data.result);
    }
}

void CurlMulti::end(CURL *easy, CURLcode code)
{
    const auto transfer = m_transfers.find(easy);
    if (transfer == m_transfers.end())
        return;
    const Done done = std::move(transfer->second.done);
    m_transfers.erase(transfer);
    curl_multi_remove_handle(m_multi, easy);
    done(code);
}

} // namespace coroscope::net
