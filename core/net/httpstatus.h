// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace coroscope::net {

/// "404 Not Found"; the server's own reason where it sent one.
QString httpStatusText(int status, const QByteArray &reason = {});
/// Whether Location is where the answer is. (300 may have one; of 304 to 306 there is nothing to follow.)
constexpr bool isRedirect(int status)
{
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
}
/// What a person can do about an error status; may be empty.
QString httpStatusAdvice(int status);

} // namespace coroscope::net
