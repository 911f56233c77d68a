// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace coroscope::net {

/// True if a statement may hold a password: IDENTIFIED BY …, SET PASSWORD, PASSWORD(…), MASTER_PASSWORD …
bool sqlHoldsSecret(QByteArrayView sql);
/// For lanes, messages and files: the statement; one that may hold a password ends where that begins.
QByteArray sqlWithoutSecret(const QByteArray &sql);
/// The same on one line, shortened: "SELECT Host, User FROM mysql.us…".
QString sqlLabel(const QByteArray &sql);

} // namespace coroscope::net
