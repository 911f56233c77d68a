// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/error.h"

namespace coroscope::net {

QString Error::text() const
{
    QString text = what;
    if (!where.isEmpty())
        text += QStringLiteral(" (%1)").arg(where);
    if (!advice.isEmpty())
        text += QStringLiteral(". %1").arg(advice);
    return text;
}

Exception::Exception(Error error)
    : m_error(std::move(error))
    , m_text(m_error.text().toUtf8())
{ }

} // namespace coroscope::net
