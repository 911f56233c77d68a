// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QRandomGenerator>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace coroscope::test {

/// A correct server of many files on 127.0.0.1, with strong ETags, Range and If-Range, that is slow and drops
/// connections. Has a thread of its own: it serves while the test waits, or checks what came.
class RangeServer
{
public:
    struct Asked
    {
        QByteArray path;
        qint64 first = 0;
        qint64 end = 0; ///< one after the last byte that was asked for
    };

    /// `files`: by path. The same seed drops the same answers, as far as they come in the same order.
    RangeServer(QHash<QByteArray, QByteArray> files, quint32 seed);
    ~RangeServer();
    RangeServer(const RangeServer &) = delete;
    RangeServer &operator=(const RangeServer &) = delete;

    QByteArray url(const QByteArray &path) const;
    /// Of all connections together; nothing: as fast as they take it.
    void setBytesPerSecond(std::optional<qint64> rate) { m_rate = rate.value_or(0); }
    /// One of so many answers is cut by a reset, somewhere in it. 0: none.
    void setResetsOneOf(int answers) { m_resetsOneOf = answers; }
    /// Blocks until nobody is connected, and nobody waits to be.
    void waitUntilDeserted();
    /// What was asked for since the last call.
    QList<Asked> takeAsked();

private:
    struct Connection
    {
        int fd = -1;
        QByteArray received;
        QByteArray head; ///< what is left of it
        QByteArray body; ///< shares the file's bytes
        qint64 at = 0;
        qint64 end = 0;
        std::optional<qint64> resetAt;
        bool isClosed = false;
        bool hasAnswer() const { return !head.isEmpty() || at < end || resetAt; }
    };

    void work();
    void accept();
    void receive(Connection &connection);
    void answer(Connection &connection, const QByteArray &request);
    void send(Connection &connection, qint64 &budget);
    static void close(Connection &connection, bool isHard);

    const QHash<QByteArray, QByteArray> m_files;
    QRandomGenerator m_random;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<qint64> m_rate = 0;
    std::atomic<int> m_resetsOneOf = 0;
    std::atomic<bool> m_isStopping = false;
    std::vector<Connection> m_connections; ///< the thread's
    std::mutex m_mutex;
    std::condition_variable m_turn;
    bool m_isDeserted = false;
    QList<Asked> m_asked;
    std::thread m_thread;
};

} // namespace coroscope::test
