// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QUrl>

namespace coroscope::download {

/// What a transfer that is done leaves behind.
struct Result
{
    QUrl url {}; ///< the last one, after redirects
    QString path {};
    qint64 bytes = 0;
    int httpStatus = 0; ///< 0: nothing had to be asked for
    bool skipped = false; ///< the file was there already
};

/// "611,738 bytes → ubuntu.iso"
QString toTraceText(const Result &result);

} // namespace coroscope::download
