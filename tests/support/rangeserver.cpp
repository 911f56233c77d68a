// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/rangeserver.h"

#include <QCryptographicHash>

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace coroscope::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr qint64 largestPortion = 32 * 1024; // so that connections take turns

QByteArray etagOf(const QByteArray &content)
{
    return '"' + QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex() + '"';
}

QByteArray headerOf(const QByteArray &request, const QByteArray &name)
{
    for (const QByteArray &line : request.split('\n')) {
        if (line.toLower().startsWith(name + ':'))
            return line.sliced(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace

RangeServer::RangeServer(QHash<QByteArray, QByteArray> files, quint32 seed)
    : m_files(std::move(files))
    , m_random(seed)
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *const place = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, place, size) != 0 || ::listen(m_listener, 128) != 0
        || ::getsockname(m_listener, place, &size) != 0)
        qFatal("no free port");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread(&RangeServer::work, this);
}

RangeServer::~RangeServer()
{
    m_isStopping = true;
    m_thread.join();
    ::close(m_listener);
}

QByteArray RangeServer::url(const QByteArray &path) const
{
    return "http://127.0.0.1:" + QByteArray::number(m_port) + path;
}

void RangeServer::waitUntilDeserted()
{
    std::unique_lock lock(m_mutex);
    m_isDeserted = false; // as of a turn that begins after this
    m_turn.wait(lock, [this] { return m_isDeserted; });
}

QList<RangeServer::Asked> RangeServer::takeAsked()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_asked, {});
}

void RangeServer::work()
{
    auto last = Clock::now();
    double tokens = 0;
    while (!m_isStopping) {
        std::vector<pollfd> sockets {{m_listener, POLLIN, 0}};
        bool isSending = false;
        for (const Connection &connection : m_connections) {
            sockets.push_back({connection.fd, POLLIN, 0});
            isSending |= connection.hasAnswer();
        }
        constexpr int shortTurn = 2; // ms
        constexpr int longTurn = 20;
        ::poll(sockets.data(), sockets.size(), isSending ? shortTurn : longTurn);
        const bool wasEmpty = m_connections.empty();
        accept();

        const auto now = Clock::now();
        const qint64 rate = m_rate;
        tokens += double(rate) * std::chrono::duration<double>(now - last).count();
        tokens = std::min(tokens, double(rate) / 20 + 1);
        last = now;
        constexpr qint64 asMuchAsTheyTake = 1 << 30;
        qint64 budget = rate > 0 ? qint64(tokens) : asMuchAsTheyTake;
        const qint64 before = budget;
        for (Connection &connection : m_connections) {
            receive(connection);
            send(connection, budget);
        }
        tokens -= double(before - budget);
        std::erase_if(m_connections, [](const Connection &connection) { return connection.isClosed; });
        if (m_connections.size() > 1)
            std::rotate(m_connections.begin(), m_connections.begin() + 1, m_connections.end());
        if (wasEmpty && m_connections.empty()) {
            const std::lock_guard lock(m_mutex);
            m_isDeserted = true;
            m_turn.notify_all();
        }
    }
    for (Connection &connection : m_connections)
        close(connection, true);
}

void RangeServer::accept()
{
    for (;;) {
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        m_connections.emplace_back().fd = fd;
    }
}

void RangeServer::receive(Connection &connection)
{
    char buffer[4096];
    for (;;) {
        const ssize_t size = ::recv(connection.fd, buffer, sizeof buffer, 0);
        if (size < 0 && errno == EAGAIN)
            break;
        if (size <= 0) {
            close(connection, false);
            break;
        }
        connection.received.append(buffer, size);
    }
    if (connection.hasAnswer())
        return;
    const qsizetype end = connection.received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray request = connection.received.first(end);
    connection.received.remove(0, end + 4);
    answer(connection, request);
}

void RangeServer::answer(Connection &connection, const QByteArray &request)
{
    const QByteArray path = request.split(' ').value(1);
    const auto file = m_files.constFind(path);
    if (file == m_files.constEnd()) {
        connection.head = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        return;
    }
    const qint64 total = file->size();
    const QByteArray etag = etagOf(*file);
    Asked asked {.path = path, .first = 0, .end = total};
    bool isPart = false;
    const QByteArray range = headerOf(request, "range");
    const QByteArray condition = headerOf(request, "if-range");
    if (range.startsWith("bytes=")) {
        const QList<QByteArray> limits = range.sliced(6).split('-');
        asked.first = limits.value(0).toLongLong();
        if (const QByteArray last = limits.value(1); !last.isEmpty())
            asked.end = std::min(last.toLongLong() + 1, total);
        isPart = condition.isEmpty() || condition == etag;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_asked << asked;
    }
    const QByteArray common = "ETag: " + etag + "\r\nAccept-Ranges: bytes\r\nContent-Length: ";
    if (isPart && asked.first >= total) {
        connection.head = "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */"
                          + QByteArray::number(total) + "\r\n" + common + "0\r\n\r\n";
        return;
    }
    connection.body = *file;
    connection.at = isPart ? asked.first : 0;
    connection.end = isPart ? asked.end : total;
    const qint64 length = connection.end - connection.at;
    connection.head = isPart ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
                                   + QByteArray::number(connection.at) + '-'
                                   + QByteArray::number(connection.end - 1) + '/' + QByteArray::number(total)
                                   + "\r\n"
                             : QByteArray("HTTP/1.1 200 OK\r\n");
    connection.head += common + QByteArray::number(length) + "\r\n\r\n";
    const int oneOf = m_resetsOneOf;
    if (oneOf > 0 && m_random.bounded(oneOf) == 0)
        connection.resetAt = connection.at + (length > 0 ? m_random.bounded(length) : 0);
}

void RangeServer::send(Connection &connection, qint64 &budget)
{
    if (connection.isClosed)
        return;
    if (!connection.head.isEmpty()) {
        const ssize_t size = ::send(connection.fd, connection.head.constData(),
                                    std::size_t(connection.head.size()), MSG_NOSIGNAL);
        connection.head.remove(0, std::max<ssize_t>(size, 0));
        if (!connection.head.isEmpty())
            return;
    }
    const qint64 end = connection.resetAt.value_or(connection.end);
    const qint64 portion = std::min({end - connection.at, budget, largestPortion});
    if (portion > 0) {
        const ssize_t size = ::send(connection.fd, connection.body.constData() + connection.at,
                                    std::size_t(portion), MSG_NOSIGNAL);
        connection.at += std::max<ssize_t>(size, 0);
        budget -= std::max<ssize_t>(size, 0);
    }
    if (connection.resetAt && connection.at >= end)
        close(connection, true);
}

void RangeServer::close(Connection &connection, bool isHard)
{
    if (connection.isClosed)
        return;
    const linger hard {.l_onoff = 1, .l_linger = 0};
    if (isHard)
        ::setsockopt(connection.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(connection.fd);
    connection.isClosed = true;
}

} // namespace coroscope::test
