// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqladdress.h"

#include <chrono>

namespace coroscope::net {

struct MySqlOptions
{
    MySqlAddress address;
    QString caFile {}; ///< PEM file of whom to trust instead of the system's; for MySqlTls::VerifyIdentity
    std::chrono::milliseconds connectTimeout {10000}; ///< for all of it: name, socket, TLS, login
    std::chrono::milliseconds timeout {60000}; ///< for the server's silence while it owes something
    std::chrono::milliseconds closeTimeout {2000}; ///< until the server has hung up, too
    qint64 packetLimit = qint64(256) << 20; ///< the largest row, in bytes
};

} // namespace coroscope::net
