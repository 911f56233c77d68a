// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/handover.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QtEndian>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

constexpr int version = 1;
constexpr qsizetype lengthBytes = 4;

QByteArray framed(const QJsonObject &object)
{
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QByteArray length(lengthBytes, '\0');
    qToBigEndian(quint32(json.size()), length.data());
    return length + json;
}

/// The length of the message that comes; none: not even that has come.
std::optional<qsizetype> lengthOf(QLocalSocket &socket)
{
    const QByteArray head = socket.peek(lengthBytes);
    if (head.size() < lengthBytes)
        return {};
    return qsizetype(qFromBigEndian<quint32>(head.constData()));
}

/// A message, once all of it is there.
std::optional<QByteArray> take(QLocalSocket &socket)
{
    const auto length = lengthOf(socket);
    if (!length || socket.bytesAvailable() < lengthBytes + *length)
        return {};
    socket.skip(lengthBytes);
    return socket.read(*length);
}

QJsonObject objectOf(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    return object.value(u"version"_s).toInt() == version ? object : QJsonObject();
}

/// Whether the process at the other end is this user's.
bool isOurs(const QLocalSocket &socket)
{
    ucred peer {};
    socklen_t size = sizeof(peer);
    return getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
           && peer.uid == geteuid();
}

bool isPrivate(const QString &folder)
{
    struct stat status {};
    return lstat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISDIR(status.st_mode)
           && status.st_uid == geteuid() && (status.st_mode & 077) == 0;
}

/// $XDG_RUNTIME_DIR if that is only ours, else a folder of our own in the one for temporary files.
QString privateFolder()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && isPrivate(runtime))
        return runtime;
    const QString own = QDir::temp().filePath(u"coroscope-%1"_s.arg(geteuid()));
    mkdir(QFile::encodeName(own).constData(), 0700);
    return isPrivate(own) ? own : QString();
}

} // namespace

QString handoverPath()
{
    const QString folder = privateFolder();
    if (folder.isEmpty())
        return {};
    QCryptographicHash display(QCryptographicHash::Sha256);
    for (const char *name : {"WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_ID"})
        display.addData(qgetenv(name) + '\n');
    const QString path = u"%1/coroscope-%2"_s.arg(folder,
                                                  QString::fromLatin1(display.result().toHex().left(12)));
    constexpr qsizetype longestOfASocket = 107;
    return QFile::encodeName(path).size() <= longestOfASocket ? path : QString();
}

QByteArray handoverMessage(const HandedOver &what)
{
    return framed({{u"version"_s, version}, {u"urls"_s, what.urls}});
}

std::optional<HandedOver> readHandover(const QByteArray &json)
{
    const QJsonValue urls = objectOf(json).value(u"urls"_s);
    return urls.isString() ? std::optional(HandedOver {urls.toString()}) : std::nullopt;
}

HandoverServer::HandoverServer(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &HandoverServer::accept);
}

bool HandoverServer::listen()
{
    if (m_path.isEmpty())
        return false;
    m_lock = std::make_unique<QLockFile>(m_path + u".lock"_s);
    m_lock->setStaleLockTime(0); // a window may be open for days
    if (!m_lock->tryLock())
        return false;
    QLocalServer::removeServer(m_path);
    return m_server.listen(m_path);
}

void HandoverServer::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!isOurs(*socket)) {
            socket->abort();
            continue;
        }
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        read(socket);
    }
}

void HandoverServer::read(QLocalSocket *socket)
{
    if (lengthOf(*socket).value_or(0) > largestHandover) {
        socket->abort();
        return;
    }
    const auto message = take(*socket);
    if (!message)
        return;
    const auto what = readHandover(*message);
    socket->write(framed({{u"version"_s, version}, {u"taken"_s, what.has_value()}}));
    socket->disconnectFromServer();
    if (what)
        emit received(*what);
}

bool handOver(const QString &path, const HandedOver &what, std::chrono::milliseconds patience)
{
    const QByteArray message = handoverMessage(what);
    if (path.isEmpty() || message.size() > lengthBytes + largestHandover)
        return false;
    const QDeadlineTimer deadline(patience);
    const auto left = [&] { return int(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(left()) || !isOurs(socket))
        return false;
    socket.write(message);
    while (socket.bytesToWrite() > 0) {
        if (!socket.waitForBytesWritten(left()))
            return false;
    }
    std::optional<QByteArray> answer = take(socket);
    while (!answer) {
        if (!socket.waitForReadyRead(left()))
            return false;
        answer = take(socket);
    }
    return objectOf(*answer).value(u"taken"_s).toBool();
}

} // namespace coroscope::app
