// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringView>

#include <cstdint>

namespace coroscope::io {

/// One record of comma-separated values as RFC 4180 wants it, in UTF-8: a field with a comma, a quote or a
/// line's end stands in quotes, and the record ends with CR LF.
class CsvRow
{
public:
    void add(QStringView text);
    void add(std::int64_t number);
    /// An empty field.
    void skip() { separate(); }
    /// Ends the record; it is valid until the next one is begun.
    const QByteArray &end();

private:
    void separate();

    QByteArray m_line;
    bool m_isBegun = false;
};

} // namespace coroscope::io
