// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisservice.h"

#include <QFile>

namespace coroscope::net {

RedisService::RedisService(RedisServiceOptions options, QObject *parent)
    : ServerProcess({.program = options.program,
                     .missingAdvice = tr("On Debian, the package redis-server brings it"),
                     .folder = QStringLiteral("redis"),
                     .readyMark = "Ready to accept connections",
                     .portTakenMark = "already in use",
                     .startTimeout = options.startTimeout},
                    parent)
    , m_options(std::move(options))
{ }

QUrl RedisService::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("redis"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(port());
    if (!m_options.password.isEmpty())
        url.setPassword(QString::fromLatin1(m_options.password.toPercentEncoding()), QUrl::TolerantMode);
    return url;
}

QByteArray RedisService::configuration() const
{
    QByteArray text = "bind 127.0.0.1\nport {port}\ndaemonize no\nsave \"\"\nappendonly no\nlogfile \"\"\n"
                      "loglevel notice\n";
    text += "dir \"" + QFile::encodeName(folder().path()) + "\"\n";
    if (!m_options.password.isEmpty())
        text += "requirepass \"" + m_options.password + "\"\n";
    for (const QByteArray &setting : m_options.settings)
        text += setting + '\n';
    return text.replace("{port}", QByteArray::number(port()));
}

void RedisService::launch()
{
    process().start(m_options.program, {QStringLiteral("-")});
    process().write(configuration());
    process().closeWriteChannel();
}

QString RedisService::reasonIn(const QByteArray &log) const { return lastLine(log); }

} // namespace coroscope::net
