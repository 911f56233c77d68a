// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/scratchfolder.h"

#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace coroscope::net {

struct RedisServiceOptions
{
    QString program = QStringLiteral("redis-server");
    QByteArray password {}; ///< empty: none
    QList<QByteArray> settings {}; ///< further lines of redis.conf; {port} stands for the port
    std::chrono::milliseconds startTimeout {10000};
};

/// A real redis-server of one's own: a process in a temporary folder, on a free port of 127.0.0.1, that ends
/// with this object, and with this program even if that is killed.
///
/// Lives on a thread with an event loop; signals come on it. The configuration goes through the process's
/// standard input, so its password stands on no command line and in no file.
class RedisService : public QObject
{
    Q_OBJECT
public:
    explicit RedisService(RedisServiceOptions options = {}, QObject *parent = nullptr);
    ~RedisService() override;

    /// Then ready() or failed() follows, once.
    void start();
    /// Ends the process at once, as a crash would.
    void kill();

    bool isReady() const { return m_state == State::Ready; }
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    /// redis://:password@127.0.0.1:port
    QUrl url() const;

    /// Letters and digits from the system's source of randomness.
    static QByteArray randomPassword();

signals:
    void ready();
    void failed(const coroscope::net::Error &error);

private:
    enum class State : std::uint8_t { Idle, Starting, Ready, Failed };

    void launch();
    void readLog();
    void onEnded();
    void fail(const QString &what, const QString &advice);
    QByteArray configuration() const;

    RedisServiceOptions m_options;
    ScratchFolder m_folder {QStringLiteral("redis")};
    QProcess m_process;
    QTimer m_timer;
    QByteArray m_log;
    quint16 m_port = 0;
    int m_attempts = 0;
    State m_state = State::Idle;
};

} // namespace coroscope::net
