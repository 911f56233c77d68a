// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/result.h"

#include "core/net/escape.h"

#include <QFileInfo>

namespace coroscope::download {

QString toTraceText(const Result &result)
{
    const QString name = QFileInfo(result.path).fileName();
    if (result.skipped)
        return QStringLiteral("%1 is there already").arg(name);
    return QStringLiteral("%1 bytes → %2").arg(net::grouped(result.bytes), name);
}

} // namespace coroscope::download
