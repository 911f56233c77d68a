// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/pour.h"

#include "core/tasks/download/diskerror.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace coroscope::download {

using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Pour)
};

constexpr qint64 atOnce = 1 << 20; ///< what a pipe may hold without a privilege
constexpr qint64 blockInMemory = 256 * 1024;
constexpr auto longest = 50ms; ///< who waits for it wants to know how far it is, and to stop it
constexpr auto patience = 5ms; ///< less than that isn't worth a wait of the loop's

} // namespace

Pour::Pour(std::shared_ptr<net::RawBody> from, const PartFile &to)
    : m_from(std::move(from))
    , m_to(to.another())
{
#ifdef Q_OS_LINUX
    m_usesPipe = ::pipe2(m_pipe, O_CLOEXEC) == 0;
    if (m_usesPipe)
        ::fcntl(m_pipe[1], F_SETPIPE_SZ, int(atOnce)); // a smaller one does, too
#endif
}

Pour::~Pour()
{
    for (const int end : m_pipe) {
        if (end >= 0)
            ::close(end);
    }
}

/// As recv(): into the pipe, or into the block.
qint64 Pour::take(qint64 most)
{
#ifdef Q_OS_LINUX
    if (m_usesPipe) {
        const ssize_t taken = ::splice(m_from->socket(), nullptr, m_pipe[1], nullptr,
                                       std::size_t(std::min(most, atOnce)),
                                       SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (taken >= 0 || errno != EINVAL)
            return taken;
        m_usesPipe = false;
    }
#endif
    if (m_block.isEmpty())
        m_block = QByteArray(blockInMemory, Qt::Uninitialized);
    return ::recv(m_from->socket(), m_block.data(), std::size_t(std::min(most, blockInMemory)), MSG_DONTWAIT);
}

/// What take() has taken.
void Pour::put(qint64 offset, qint64 bytes)
{
    if (m_usesPipe)
        putFromPipe(offset, bytes);
    else
        m_to.writeAt(offset, QByteArrayView(m_block).first(bytes));
}

void Pour::putFromPipe(qint64 offset, qint64 bytes)
{
    while (bytes > 0) {
        const qint64 moved = m_to.moveAt(offset, m_pipe[0], bytes);
        if (moved == 0) { // once is enough to know
            m_usesPipe = false;
            m_block = QByteArray(blockInMemory, Qt::Uninitialized);
            break;
        }
        offset += moved;
        bytes -= moved;
    }
    while (bytes > 0) {
        const ssize_t taken = ::read(m_pipe[0], m_block.data(), std::size_t(std::min(bytes, blockInMemory)));
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0) {
            const int reason = taken < 0 ? errno : EPIPE;
            throw net::Exception(diskError(reason, Words::tr("the file can't be written"), m_to.path()));
        }
        m_to.writeAt(offset, QByteArrayView(m_block).first(taken));
        offset += taken;
        bytes -= taken;
    }
}

/// Whether something comes within the patience.
bool Pour::hears() const
{
    pollfd socket {.fd = m_from->socket(), .events = POLLIN, .revents = 0};
    return ::poll(&socket, 1, int(patience.count())) > 0;
}

Poured Pour::run(const std::stop_token &stop, qint64 offset, qint64 most)
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + longest;
    Poured poured;
    while (poured.bytes < most && !stop.stop_requested() && Clock::now() < end) {
        const qint64 taken = take(most - poured.bytes);
        const int reason = errno;
        if (taken > 0) {
            try {
                put(offset + poured.bytes, taken);
            } catch (const net::Exception &failure) {
                poured.diskFailure = failure.error();
                break;
            }
            poured.bytes += taken;
        } else if (taken == 0) {
            poured.isClosed = true;
            break;
        } else if (reason == EAGAIN || reason == EWOULDBLOCK) {
            if (!hears()) {
                poured.isDry = true;
                break;
            }
        } else if (reason != EINTR) {
            poured.failure = reason;
            break;
        }
    }
    return poured;
}

} // namespace coroscope::download
