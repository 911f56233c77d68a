// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/serverprocess.h"

#include <QUrl>

namespace coroscope::net {

struct RedisServiceOptions
{
    QString program = QStringLiteral("redis-server");
    QByteArray password {}; ///< empty: none
    QList<QByteArray> settings {}; ///< further lines of redis.conf; {port} stands for the port
    std::chrono::milliseconds startTimeout {10000};
};

/// A real redis-server of one's own. The configuration goes through the process's standard input, so its
/// password stands on no command line and in no file.
class RedisService : public ServerProcess
{
    Q_OBJECT
public:
    explicit RedisService(RedisServiceOptions options = {}, QObject *parent = nullptr);

    /// redis://:password@127.0.0.1:port
    QUrl url() const;

private:
    void launch() override;
    QString reasonIn(const QByteArray &log) const override;
    QByteArray configuration() const;

    RedisServiceOptions m_options;
};

} // namespace coroscope::net
