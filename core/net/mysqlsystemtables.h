// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace coroscope::net {

/// What `mariadbd --bootstrap` has to read to make the tables that a server can't do without, with one
/// account, root@localhost. It is put together from the server's own scripts, as mariadb-install-db does,
/// without what takes that most of its time: the help texts. Nothing if the scripts aren't there.
std::optional<QByteArray> systemTablesScript(const QByteArray &rootPassword);

/// As the server keeps a password: *2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19; nothing for none.
QByteArray nativePasswordHash(const QByteArray &password);

} // namespace coroscope::net
