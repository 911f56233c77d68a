// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlservice.h"

#include "core/net/endwithparent.h"
#include "core/net/mysqlsystemtables.h"

#include <QDir>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTcpServer>

#ifdef Q_OS_UNIX
#    include <unistd.h>
#endif

namespace coroscope::net {

namespace {

/// Free when asked; somebody else may take it before the server does, which is why launch() is repeated.
quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

bool runsAsRoot()
{
#ifdef Q_OS_UNIX
    return ::geteuid() == 0;
#else
    return false;
#endif
}

/// The last line that says [ERROR], without date and time; else the last line.
QString reasonIn(const QByteArray &log)
{
    QByteArray reason;
    for (const QByteArray &line : log.trimmed().split('\n')) {
        const qsizetype at = line.indexOf("[ERROR] ");
        if (at >= 0 && !line.contains("Aborting"))
            reason = line.sliced(at + 8);
    }
    const QByteArray last = log.trimmed();
    return QString::fromUtf8(reason.isEmpty() ? last.sliced(last.lastIndexOf('\n') + 1) : reason);
}

} // namespace

MySqlService::MySqlService(MySqlServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_process(this)
    , m_timer(this)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    endWithParent(m_process);
    connect(&m_process, &QProcess::readyRead, this, &MySqlService::readLog);
    connect(&m_process, &QProcess::finished, this, &MySqlService::onEnded);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("%1 isn't installed").arg(m_options.program),
                 tr("On Debian, the package mariadb-server-core brings it"));
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail(tr("%1 doesn't get ready").arg(m_options.program), {});
        m_process.kill();
    });
}

MySqlService::~MySqlService()
{
    m_process.disconnect(this);
    kill();
}

void MySqlService::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray MySqlService::randomPassword()
{
    constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    QByteArray password(32, Qt::Uninitialized);
    for (char &c : password)
        c = letters[QRandomGenerator::system()->bounded(int(sizeof letters) - 1)];
    return password;
}

QUrl MySqlService::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("mysql"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    url.setUserName(QStringLiteral("root"));
    if (!m_options.password.isEmpty())
        url.setPassword(QString::fromLatin1(m_options.password.toPercentEncoding()), QUrl::TolerantMode);
    url.setPath(QStringLiteral("/mysql"));
    return url;
}

/// On Debian it is in /usr/sbin, which is not on everybody's PATH.
QString MySqlService::program() const
{
    const QString found = QStandardPaths::findExecutable(m_options.program);
    if (!found.isEmpty())
        return found;
    const QStringList others {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin"),
                              QStringLiteral("/usr/libexec")};
    const QString elsewhere = QStandardPaths::findExecutable(m_options.program, others);
    return elsewhere.isEmpty() ? m_options.program : elsewhere;
}

QString MySqlService::dataFolder() const { return m_folder.path() + QStringLiteral("/data"); }

QStringList MySqlService::commonArguments() const
{
    QStringList arguments {QStringLiteral("--no-defaults"),
                           QStringLiteral("--datadir=") + dataFolder(),
                           QStringLiteral("--tmpdir=") + m_folder.path(),
                           QStringLiteral("--skip-log-bin"),
                           QStringLiteral("--performance-schema=OFF"),
                           QStringLiteral("--character-set-server=utf8mb4")};
    if (runsAsRoot())
        arguments << QStringLiteral("--user=root");
    return arguments;
}

QStringList MySqlService::serverArguments() const
{
    // A server for trying things out: small, and without care for what would outlast it.
    return commonArguments()
           + QStringList {QStringLiteral("--port=%1").arg(m_port),
                          QStringLiteral("--bind-address=127.0.0.1"),
                          QStringLiteral("--socket=%1/socket").arg(m_folder.path()),
                          QStringLiteral("--pid-file=%1/pid").arg(m_folder.path()),
                          QStringLiteral("--innodb-buffer-pool-size=16M"),
                          QStringLiteral("--innodb-log-file-size=4M"),
                          QStringLiteral("--innodb-data-file-path=ibdata1:5M:autoextend"),
                          QStringLiteral("--innodb-temp-data-file-path=ibtmp1:5M:autoextend"),
                          QStringLiteral("--innodb-undo-tablespaces=0"),
                          QStringLiteral("--innodb-doublewrite=OFF"),
                          QStringLiteral("--innodb-flush-log-at-trx-commit=0"),
                          QStringLiteral("--innodb-stats-persistent=OFF"),
                          QStringLiteral("--innodb-use-native-aio=OFF")}
           + m_options.settings;
}

void MySqlService::start()
{
    m_state = State::Preparing;
    m_timer.start(m_options.startTimeout);
    prepare();
}

void MySqlService::prepare()
{
    const auto script = systemTablesScript(m_options.password);
    if (!script || !QDir().mkpath(dataFolder())) {
        fail(tr("%1's scripts aren't installed").arg(m_options.program),
             tr("On Debian, the package mariadb-server-core brings them"));
        return;
    }
    m_process.start(program(),
                    commonArguments()
                        + QStringList {QStringLiteral("--bootstrap"), QStringLiteral("--skip-innodb"),
                                       QStringLiteral("--default-storage-engine=Aria")});
    m_process.write(*script);
    m_process.closeWriteChannel();
}

void MySqlService::launch()
{
    ++m_attempts;
    m_log.clear();
    m_port = freePort();
    m_process.start(program(), serverArguments());
    m_process.closeWriteChannel();
}

void MySqlService::readLog()
{
    const QByteArray log = m_process.readAll();
    if (m_state != State::Preparing && m_state != State::Starting)
        return;
    m_log += log;
    if (m_state == State::Starting && m_log.contains("ready for connections")) {
        m_state = State::Ready;
        m_timer.stop();
        m_log.clear();
        emit ready();
    }
}

void MySqlService::onEnded(int exitCode)
{
    readLog();
    if (m_state == State::Preparing && exitCode == 0 && m_process.exitStatus() == QProcess::NormalExit) {
        m_state = State::Starting;
        emit prepared();
        launch();
        return;
    }
    constexpr int mostAttempts = 5;
    if (m_state == State::Starting && m_log.contains("Address already in use") && m_attempts < mostAttempts) {
        launch();
        return;
    }
    fail(tr("%1 has ended").arg(m_options.program), reasonIn(m_log));
}

void MySqlService::fail(const QString &what, const QString &advice)
{
    if (m_state == State::Idle || m_state == State::Failed)
        return;
    m_state = State::Failed;
    m_timer.stop();
    emit failed(Error {.kind = Error::Kind::Program, .what = what, .where = {}, .advice = advice});
}

} // namespace coroscope::net
