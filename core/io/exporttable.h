// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace coroscope::io {

/// A table for a terminal: texts stand left, numbers right, two spaces between columns.
class ExportTable
{
public:
    void addColumn(const QString &title);
    void addNumberColumn(const QString &title);
    /// A cell a column.
    void addRow(const QStringList &cells);
    /// A line each for the titles and the rows; without spaces at a line's end.
    QString text() const;

private:
    std::vector<bool> m_isNumber;
    std::vector<QStringList> m_rows {QStringList()};
};

/// How many columns of a terminal the text takes: two for a Chinese character, none for a combining one.
int terminalWidth(QStringView text);

} // namespace coroscope::io
