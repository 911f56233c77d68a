// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlclient.h"

#include <QUrl>

/// What the MySQL examples need around conn.connect(), conn.query().
namespace coroscope::gallery {

/// Where the server is and who asks. Without a database in the address: "mysql", which knows the users.
net::MySqlAddress addressOf(const QUrl &uri);

/// "host", or "host:3307" where the port isn't the usual one.
QString hostOf(const QUrl &uri);

/// Rows as Python prints them, a tuple of tuples: (('localhost', 'root'),).
QString reprOfRows(const net::MySqlRows &rows);

} // namespace coroscope::gallery
