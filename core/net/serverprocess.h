// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/scratchfolder.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace coroscope::net {

/// A real server of one's own: a process in a temporary folder, on a free port of 127.0.0.1, that ends with
/// this object, and with this program even if that is killed. What it prints says when it is ready.
///
/// Lives on a thread with an event loop; signals come on it.
class ServerProcess : public QObject
{
    Q_OBJECT
public:
    ~ServerProcess() override;

    /// Then ready() or failed() follows, once.
    void start();
    /// Ends the process at once, as a crash would.
    void kill();

    bool isReady() const { return m_state == State::Ready; }
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }

    /// Letters and digits from the system's source of randomness.
    static QByteArray randomPassword();

signals:
    void ready();
    void failed(const coroscope::net::Error &error);

protected:
    enum class State : std::uint8_t { Idle, Preparing, Starting, Ready, Failed };
    struct Traits
    {
        QString program;
        QString missingAdvice; ///< where to get it
        QString folder; ///< part of the temporary folder's name
        QByteArray readyMark; ///< printed by one that is ready
        QByteArray portTakenMark; ///< printed by one whose port somebody else has
        std::chrono::milliseconds startTimeout;
    };
    ServerProcess(Traits traits, QObject *parent);

    /// What comes first; may begin something else and set m_state to Preparing.
    virtual void begin() { launchAnew(); }
    /// Starts the process on port().
    virtual void launch() = 0;
    /// A process has ended that isn't the server: true if that is how it goes on.
    virtual bool hasPrepared(int) { return false; }
    /// Of an end that wasn't wanted.
    virtual QString reasonIn(const QByteArray &log) const = 0;

    /// Tries once more, on another port.
    void launchAnew();
    void fail(const QString &what, const QString &advice);
    static QString lastLine(const QByteArray &log);

    const ScratchFolder &folder() const { return m_folder; }
    QProcess &process() { return m_process; }
    void setState(State state) { m_state = state; }

private:
    void readLog();
    void onEnded(int exitCode);

    Traits m_traits;
    ScratchFolder m_folder;
    QProcess m_process;
    QTimer m_timer;
    QByteArray m_log;
    quint16 m_port = 0;
    int m_attempts = 0;
    State m_state = State::Idle;
};

} // namespace coroscope::net
