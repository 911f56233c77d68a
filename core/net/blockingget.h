// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/tlssettings.h"

#include <QByteArray>
#include <QUrl>

#include <stop_token>

namespace coroscope::net {

/// Fetches a file and blocks the calling thread until it is here: what a library that knows no coroutines
/// does. For an executor's thread, never for a loop's. Follows redirects. Throws Exception; also if it is
/// asked to stop, or after a minute without a byte.
QByteArray blockingGet(const QUrl &url, const TlsSettings &tls = {}, const std::stop_token &stop = {});

} // namespace coroscope::net
