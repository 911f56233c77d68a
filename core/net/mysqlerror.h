// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

namespace coroscope::net {

/// What a MySQL server, or the library that talks to it, has to say against something. Its error() holds the
/// server's own text and where it is, never a password.
class MySqlException : public Exception
{
public:
    MySqlException(Error error, unsigned code, QByteArray sqlState);

    /// The server's number, 1064 for bad syntax; from 2000 on the library's.
    unsigned code() const { return m_code; }
    /// "42000", "HY000".
    const QByteArray &sqlState() const { return m_sqlState; }

private:
    unsigned m_code;
    QByteArray m_sqlState;
};

/// From what libmariadb tells. `hidesText`: the statement may hold a password, and a server quotes from it.
MySqlException mySqlException(unsigned code, const QByteArray &sqlState, const QByteArray &text,
                              const QString &where, bool hidesText = false);

} // namespace coroscope::net
