// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlrow.h"

namespace coroscope::tasks {

// Rows for terminals and pipes.

/// The columns' names with tabs between, and a line feed.
QByteArray headerLine(const net::MySqlColumns &columns);
/// The cells with tabs between, and a line feed: NULL, bytes as 0x…; tab, line feed, zero and backslash
/// within a text as \t, \n, \0 and \\, as mysql --batch writes them.
QByteArray rowLine(const net::MySqlRow &row);
/// {"Host":"localhost","n":1,"none":null}: numbers as numbers (DECIMAL, dates and times as text), bytes as
/// {"base64":"…"}. Of two columns with one name the second becomes "name:2".
QByteArray rowJson(const net::MySqlRow &row);
/// One cell as rowLine() writes it.
QByteArray cellText(const net::MySqlValue &value);

} // namespace coroscope::tasks
