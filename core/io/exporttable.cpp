// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exporttable.h"

#include <algorithm>
#include <array>

namespace coroscope::io {

namespace {
struct Range
{
    char32_t first;
    char32_t last;
};
/// The blocks that Unicode's EastAsianWidth.txt calls wide or fullwidth, coarsely.
constexpr std::array wide {
    Range {0x1100, 0x115F},   Range {0x2E80, 0x303E},   Range {0x3041, 0xA4CF},   Range {0xAC00, 0xD7A3},
    Range {0xF900, 0xFAFF},   Range {0xFE30, 0xFE6F},   Range {0xFF00, 0xFF60},   Range {0xFFE0, 0xFFE6},
    Range {0x1F300, 0x1F64F}, Range {0x1F900, 0x1F9FF}, Range {0x20000, 0x3FFFD},
};

int widthOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        return std::ranges::any_of(wide, [c](Range r) { return c >= r.first && c <= r.last; }) ? 2 : 1;
    }
}

/// What a name might do to a terminal, it doesn't do in a table.
QString harmless(QString text)
{
    for (QChar &c : text) {
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph || category == QChar::Other_Format)
            c = u'?';
    }
    return text;
}
} // namespace

int terminalWidth(QStringView text)
{
    int width = 0;
    for (const char32_t c : text.toUcs4())
        width += widthOf(c);
    return width;
}

void ExportTable::addColumn(const QString &title)
{
    m_isNumber.push_back(false);
    m_rows.front() << title;
}

void ExportTable::addNumberColumn(const QString &title)
{
    m_isNumber.push_back(true);
    m_rows.front() << title;
}

void ExportTable::addRow(const QStringList &cells)
{
    QStringList &row = m_rows.emplace_back();
    for (const QString &cell : cells)
        row << harmless(cell);
}

QString ExportTable::text() const
{
    std::vector<int> widths(m_isNumber.size());
    for (const QStringList &row : m_rows) {
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], terminalWidth(row[qsizetype(i)]));
    }
    QString text;
    for (const QStringList &row : m_rows) {
        QString line;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const QString &cell = row[qsizetype(i)];
            const QString space(widths[i] - terminalWidth(cell), u' ');
            if (i > 0)
                line += QStringLiteral("  ");
            line += m_isNumber[i] ? space + cell : cell + space;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

} // namespace coroscope::io
