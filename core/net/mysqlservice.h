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

struct MySqlServiceOptions
{
    QString program = QStringLiteral("mariadbd");
    QByteArray password {}; ///< root's; empty: none
    QStringList settings {}; ///< further arguments, as "--require-secure-transport=ON"
    std::chrono::milliseconds startTimeout {30000};
};

/// A real mariadbd of one's own: a process in a temporary folder, on a free port of 127.0.0.1, that ends with
/// this object, and with this program even if that is killed. It starts in a second or two: first the tables
/// that the server keeps its users in are made, by a mariadbd of its own, then the server follows.
///
/// Lives on a thread with an event loop; signals come on it. The server's folder holds the password's hash,
/// no command line and no file the password.
class MySqlService : public QObject
{
    Q_OBJECT
public:
    explicit MySqlService(MySqlServiceOptions options = {}, QObject *parent = nullptr);
    ~MySqlService() override;

    /// Then ready() or failed() follows, once.
    void start();
    /// Ends the process at once, as a crash would.
    void kill();

    bool isReady() const { return m_state == State::Ready; }
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    /// mysql://root:password@127.0.0.1:port/mysql
    QUrl url() const;

    /// Letters and digits from the system's source of randomness.
    static QByteArray randomPassword();

signals:
    /// The tables are made; the server itself starts now.
    void prepared();
    void ready();
    void failed(const coroscope::net::Error &error);

private:
    enum class State : std::uint8_t { Idle, Preparing, Starting, Ready, Failed };

    void prepare();
    void launch();
    void readLog();
    void onEnded(int exitCode);
    void fail(const QString &what, const QString &advice);
    QString program() const;
    QStringList commonArguments() const;
    QStringList serverArguments() const;
    QString dataFolder() const;

    MySqlServiceOptions m_options;
    ScratchFolder m_folder {QStringLiteral("mysql")};
    QProcess m_process;
    QTimer m_timer;
    QByteArray m_log;
    quint16 m_port = 0;
    int m_attempts = 0;
    State m_state = State::Idle;
};

} // namespace coroscope::net
