// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace coroscope::net {

/// "404 Not Found"; the server's own reason where it sent one.
QString httpStatusText(int status, const QByteArray &reason = {});
/// What a person can do about an error status; may be empty.
QString httpStatusAdvice(int status);

} // namespace coroscope::net
