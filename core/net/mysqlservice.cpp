// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlservice.h"

#include "core/net/mysqlsystemtables.h"

#include <QDir>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#    include <unistd.h>
#endif

namespace coroscope::net {

namespace {

bool runsAsRoot()
{
#ifdef Q_OS_UNIX
    return ::geteuid() == 0;
#else
    return false;
#endif
}

} // namespace

MySqlService::MySqlService(MySqlServiceOptions options, QObject *parent)
    : ServerProcess({.program = options.program,
                     .missingAdvice = tr("On Debian, the package mariadb-server-core brings it"),
                     .folder = QStringLiteral("mysql"),
                     .readyMark = "ready for connections",
                     .portTakenMark = "Address already in use",
                     .startTimeout = options.startTimeout},
                    parent)
    , m_options(std::move(options))
{ }

QUrl MySqlService::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("mysql"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(port());
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

QString MySqlService::dataFolder() const { return folder().path() + QStringLiteral("/data"); }

QStringList MySqlService::commonArguments() const
{
    QStringList arguments {QStringLiteral("--no-defaults"),
                           QStringLiteral("--datadir=") + dataFolder(),
                           QStringLiteral("--tmpdir=") + folder().path(),
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
           + QStringList {QStringLiteral("--port=%1").arg(port()),
                          QStringLiteral("--bind-address=127.0.0.1"),
                          QStringLiteral("--socket=%1/socket").arg(folder().path()),
                          QStringLiteral("--pid-file=%1/pid").arg(folder().path()),
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

void MySqlService::begin()
{
    setState(State::Preparing);
    const auto script = systemTablesScript(m_options.password);
    if (!script || !QDir().mkpath(dataFolder())) {
        fail(tr("%1's scripts aren't installed").arg(m_options.program),
             tr("On Debian, the package mariadb-server-core brings them"));
        return;
    }
    process().start(program(),
                    commonArguments()
                        + QStringList {QStringLiteral("--bootstrap"), QStringLiteral("--skip-innodb"),
                                       QStringLiteral("--default-storage-engine=Aria")});
    process().write(*script);
    process().closeWriteChannel();
}

bool MySqlService::hasPrepared(int exitCode)
{
    if (exitCode != 0 || process().exitStatus() != QProcess::NormalExit)
        return false;
    setState(State::Starting);
    emit prepared();
    return true;
}

void MySqlService::launch()
{
    process().start(program(), serverArguments());
    process().closeWriteChannel();
}

/// The last line that says [ERROR], without date and time; else the last line.
QString MySqlService::reasonIn(const QByteArray &log) const
{
    QByteArray reason;
    for (const QByteArray &line : log.trimmed().split('\n')) {
        const qsizetype at = line.indexOf("[ERROR] ");
        if (at >= 0 && !line.contains("Aborting"))
            reason = line.sliced(at + 8);
    }
    return reason.isEmpty() ? lastLine(log) : QString::fromUtf8(reason);
}

} // namespace coroscope::net
