// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

class QLocalSocket;

namespace coroscope::app {

// A second start of the program hands what it was asked for to the window that is open already.
//
// The two talk over a local socket in a folder that only this user can enter; one display, one socket. A
// message is its length (4 bytes, big-endian) and a JSON object of that length: {"version":1,"urls":"…"}
// there,
// {"version":1,"taken":true} back. The first window holds a lock beside the socket, which ends with its
// process: a socket without a holder of the lock is a leftover and replaced.

/// What is handed over. Never a login.
struct HandedOver
{
    QString urls; ///< lines for the download form; empty: the window is only wanted in front
};

inline constexpr qsizetype largestHandover = 16 << 20; ///< bytes of a message

/// The socket of this user and display; empty if there is no private folder for it.
QString handoverPath();

/// A message as it is sent.
QByteArray handoverMessage(const HandedOver &what);
/// None: not a message of a version that we know.
std::optional<HandedOver> readHandover(const QByteArray &json);

/// The first window's side. Lives on the thread of its making; that needs an event loop.
class HandoverServer : public QObject
{
    Q_OBJECT
public:
    explicit HandoverServer(const QString &path, QObject *parent = nullptr);

    /// False: another window has the socket, or there can't be one.
    bool listen();

signals:
    void received(const coroscope::app::HandedOver &what);

private:
    void accept();
    void read(QLocalSocket *socket);

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer m_server;
};

/// The second start's side; blocks, for `patience` at most. False: no window took it.
bool handOver(const QString &path, const HandedOver &what,
              std::chrono::milliseconds patience = std::chrono::seconds(2));

} // namespace coroscope::app
