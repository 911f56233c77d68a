// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/csvrow.h"

#include <algorithm>

namespace coroscope::io {

void CsvRow::add(QStringView text)
{
    separate();
    const bool isPlain = std::ranges::none_of(text, [](QChar c) {
        return c == u',' || c == u'"' || c == u'\r' || c == u'\n';
    });
    if (isPlain) {
        m_line += text.toUtf8();
        return;
    }
    m_line += '"';
    m_line += text.toUtf8().replace("\"", "\"\"");
    m_line += '"';
}

void CsvRow::add(std::int64_t number)
{
    separate();
    m_line += QByteArray::number(qint64(number));
}

const QByteArray &CsvRow::end()
{
    m_line += "\r\n";
    m_isBegun = false;
    return m_line;
}

void CsvRow::separate()
{
    if (m_isBegun)
        m_line += ',';
    else
        m_line.resize(0);
    m_isBegun = true;
}

} // namespace coroscope::io
