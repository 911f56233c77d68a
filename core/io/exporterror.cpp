// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exporterror.h"

#include <QCoreApplication>

namespace coroscope::io {

ExportError ExportError::cancelled()
{
    return {.what = QCoreApplication::translate("coroscope::io::ExportError", "cancelled"),
            .where = {},
            .advice = {},
            .isCancelled = true};
}

QString ExportError::text() const
{
    QString text = what;
    if (!where.isEmpty())
        text += QStringLiteral(" (%1)").arg(where);
    if (!advice.isEmpty())
        text += QStringLiteral(". ") + advice;
    return text;
}

} // namespace coroscope::io
