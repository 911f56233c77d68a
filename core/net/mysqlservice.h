// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/serverprocess.h"

#include <QUrl>

namespace coroscope::net {

struct MySqlServiceOptions
{
    QString program = QStringLiteral("mariadbd");
    QByteArray password {}; ///< root's; empty: none
    QStringList settings {}; ///< further arguments, as "--require-secure-transport=ON"
    std::chrono::milliseconds startTimeout {30000};
};

/// A real mariadbd of one's own. It starts in a second or two: first the tables that the server keeps its
/// users in are made, by a mariadbd of its own, then the server follows.
///
/// The server's folder holds the password's hash, no command line and no file the password.
class MySqlService : public ServerProcess
{
    Q_OBJECT
public:
    explicit MySqlService(MySqlServiceOptions options = {}, QObject *parent = nullptr);

    /// mysql://root:password@127.0.0.1:port/mysql
    QUrl url() const;

signals:
    /// The tables are made; the server itself starts now.
    void prepared();

private:
    void begin() override;
    bool hasPrepared(int exitCode) override;
    void launch() override;
    QString reasonIn(const QByteArray &log) const override;
    QString program() const;
    QStringList commonArguments() const;
    QStringList serverArguments() const;
    QString dataFolder() const;

    MySqlServiceOptions m_options;
};

} // namespace coroscope::net
