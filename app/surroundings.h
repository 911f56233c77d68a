// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"

#include <QByteArray>
#include <QDateTime>

#include <functional>

namespace coroscope::app {

/// What a command line may read besides itself.
struct Surroundings
{
    QString folder; ///< where downloads go without -d
    QByteArray redisPassword; ///< REDISCLI_AUTH; empty: none
    QByteArray mySqlPassword {}; ///< MYSQL_PWD; empty: none
    /// The text of a file, of standard input for "-"; or why it can't be read.
    std::function<std::variant<QString, BadUse>(const QString &path)> read {};
    QString home {}; ///< where .netrc is
    std::optional<QString> password {}; ///< COROSCOPE_PASSWORD
    /// Asks a person for a password, without showing it; none: there is nobody to ask.
    std::function<std::optional<QString>(const QString &question)> askPassword {};
    /// Why that file can't be read; empty: it can.
    std::function<QString(const QString &path)> whyUnreadable {};
    QDateTime now {};
    /// Whether a file is a recording, by its first bytes.
    std::function<bool(const QString &path)> isRecording {};

    QString absolute(const QString &path) const;

    /// Those of this process.
    static Surroundings ofProcess();
};

} // namespace coroscope::app
