// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisservice.h"

#include "core/net/endwithparent.h"

#include <QRandomGenerator>
#include <QTcpServer>

namespace coroscope::net {

namespace {

/// Free when asked; somebody else may take it before the server does, which is why launch() is repeated.
quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

} // namespace

RedisService::RedisService(RedisServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_process(this)
    , m_timer(this)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    endWithParent(m_process);
    connect(&m_process, &QProcess::readyRead, this, &RedisService::readLog);
    connect(&m_process, &QProcess::finished, this, &RedisService::onEnded);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("%1 isn't installed").arg(m_options.program),
                 tr("On Debian, the package redis-server brings it"));
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail(tr("%1 doesn't get ready").arg(m_options.program), {});
        m_process.kill();
    });
}

RedisService::~RedisService()
{
    m_process.disconnect(this);
    kill();
}

void RedisService::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray RedisService::randomPassword()
{
    constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    QByteArray password(32, Qt::Uninitialized);
    for (char &c : password)
        c = letters[QRandomGenerator::system()->bounded(int(sizeof letters) - 1)];
    return password;
}

QUrl RedisService::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("redis"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    if (!m_options.password.isEmpty())
        url.setPassword(QString::fromLatin1(m_options.password.toPercentEncoding()), QUrl::TolerantMode);
    return url;
}

QByteArray RedisService::configuration() const
{
    QByteArray text = "bind 127.0.0.1\nport {port}\ndaemonize no\nsave \"\"\nappendonly no\nlogfile \"\"\n"
                      "loglevel notice\n";
    text += "dir \"" + QFile::encodeName(m_folder.path()) + "\"\n";
    if (!m_options.password.isEmpty())
        text += "requirepass \"" + m_options.password + "\"\n";
    for (const QByteArray &setting : m_options.settings)
        text += setting + '\n';
    return text.replace("{port}", QByteArray::number(m_port));
}

void RedisService::start()
{
    m_state = State::Starting;
    m_timer.start(m_options.startTimeout);
    launch();
}

void RedisService::launch()
{
    ++m_attempts;
    m_log.clear();
    m_port = freePort();
    m_process.start(m_options.program, {QStringLiteral("-")});
    m_process.write(configuration());
    m_process.closeWriteChannel();
}

void RedisService::readLog()
{
    const QByteArray log = m_process.readAll();
    if (m_state != State::Starting)
        return;
    m_log += log;
    if (m_log.contains("Ready to accept connections")) {
        m_state = State::Ready;
        m_timer.stop();
        m_log.clear();
        emit ready();
    }
}

void RedisService::onEnded()
{
    readLog();
    constexpr int mostAttempts = 5;
    if (m_state == State::Starting && m_log.contains("already in use") && m_attempts < mostAttempts) {
        launch();
        return;
    }
    const QByteArray last = m_log.trimmed();
    fail(tr("%1 has ended").arg(m_options.program),
         QString::fromUtf8(last.sliced(last.lastIndexOf('\n') + 1)));
}

void RedisService::fail(const QString &what, const QString &advice)
{
    if (m_state != State::Starting && m_state != State::Ready)
        return;
    m_state = State::Failed;
    m_timer.stop();
    emit failed(Error {.kind = Error::Kind::Program, .what = what, .where = {}, .advice = advice});
}

} // namespace coroscope::net
