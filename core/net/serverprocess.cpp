// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/serverprocess.h"

#include "core/net/endwithparent.h"

#include <QRandomGenerator>
#include <QTcpServer>

namespace coroscope::net {

/// Free when asked; somebody else may take it before the server does, which is why launch() is repeated.
static quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

ServerProcess::ServerProcess(Traits traits, QObject *parent)
    : QObject(parent)
    , m_traits(std::move(traits))
    , m_folder(m_traits.folder)
    , m_process(this)
    , m_timer(this)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    endWithParent(m_process);
    connect(&m_process, &QProcess::readyRead, this, &ServerProcess::readLog);
    connect(&m_process, &QProcess::finished, this, &ServerProcess::onEnded);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("%1 isn't installed").arg(m_traits.program), m_traits.missingAdvice);
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail(tr("%1 doesn't get ready").arg(m_traits.program), {});
        m_process.kill();
    });
}

ServerProcess::~ServerProcess()
{
    m_process.disconnect(this);
    kill();
}

void ServerProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray ServerProcess::randomPassword()
{
    constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    QByteArray password(32, Qt::Uninitialized);
    for (char &c : password)
        c = letters[QRandomGenerator::system()->bounded(int(sizeof letters) - 1)];
    return password;
}

void ServerProcess::start()
{
    m_state = State::Starting;
    m_timer.start(m_traits.startTimeout);
    begin();
}

void ServerProcess::launchAnew()
{
    m_state = State::Starting;
    ++m_attempts;
    m_log.clear();
    m_port = freePort();
    launch();
}

void ServerProcess::readLog()
{
    const QByteArray log = m_process.readAll();
    if (m_state != State::Preparing && m_state != State::Starting)
        return;
    m_log += log;
    if (m_state == State::Starting && m_log.contains(m_traits.readyMark)) {
        m_state = State::Ready;
        m_timer.stop();
        m_log.clear();
        emit ready();
    }
}

void ServerProcess::onEnded(int exitCode)
{
    readLog();
    if (m_state == State::Preparing && hasPrepared(exitCode)) {
        launchAnew();
        return;
    }
    constexpr int mostAttempts = 5;
    if (m_state == State::Starting && m_log.contains(m_traits.portTakenMark) && m_attempts < mostAttempts) {
        launchAnew();
        return;
    }
    fail(tr("%1 has ended").arg(m_traits.program), reasonIn(m_log));
}

void ServerProcess::fail(const QString &what, const QString &advice)
{
    if (m_state == State::Idle || m_state == State::Failed)
        return;
    m_state = State::Failed;
    m_timer.stop();
    emit failed(Error {.kind = Error::Kind::Program, .what = what, .where = {}, .advice = advice});
}

QString ServerProcess::lastLine(const QByteArray &log)
{
    const QByteArray text = log.trimmed();
    return QString::fromUtf8(text.sliced(text.lastIndexOf('\n') + 1));
}

} // namespace coroscope::net
