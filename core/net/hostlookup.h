// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <QCoroTask>
#include <QHostAddress>
#include <QList>

#include <chrono>

namespace coroscope::net {

/// The addresses of a host, in the order in which to try them; looked up by one of Qt's threads. An address
/// needs no looking up; localhost is known, whoever else doesn't know it, and names
/// below it are this machine. Resumed by the loop; cancellable. Throws Exception: Dns, or Timeout.
QCoro::Task<QList<QHostAddress>> lookUpHost(QString host, std::chrono::nanoseconds limit);

} // namespace coroscope::net
