// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/rows/rowsmodel.h"

#include "core/net/escape.h"
#include "core/tasks/rowtext.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

namespace coroscope::ui {

using net::MySqlType;
using net::MySqlValue;

namespace {

constexpr qsizetype cellLimit = 300; // characters that a cell shows
constexpr qsizetype tipLimit = 4096;

bool isNumber(MySqlType type)
{
    return type == MySqlType::Integer || type == MySqlType::Unsigned || type == MySqlType::Real
           || type == MySqlType::Decimal || type == MySqlType::Bit;
}

/// On one line.
QString shown(const MySqlValue &value, qsizetype limit)
{
    const QString text = net::toText(value);
    if (!std::holds_alternative<QString>(value))
        return text;
    const QString oneLine = net::escaped(text.left(limit).toUtf8(), limit * 4);
    return text.size() > limit ? oneLine + QStringLiteral("…") : oneLine;
}

} // namespace

void RowsModel::setTable(std::shared_ptr<const tasks::ResultTable> table, std::optional<std::uint64_t> ticks)
{
    if (table != m_table) {
        beginResetModel();
        m_table = std::move(table);
        m_columns.clear();
        m_rows = 0;
        m_total = 0;
        endResetModel();
    }
    refresh(ticks);
}

void RowsModel::refresh(std::optional<std::uint64_t> ticks)
{
    if (!m_table)
        return;
    const auto counts = ticks ? m_table->countsBy(*ticks)
                              : tasks::ResultTable::Counts {!m_table->columns().empty(), m_table->rowCount(),
                                                            m_table->totalCount()};
    m_total = counts.total;
    const int now = counts.hasColumns ? int(counts.kept) : 0;
    if (now < m_rows) {
        beginRemoveRows({}, now, m_rows - 1);
        m_rows = now;
        endRemoveRows();
    }
    if (!counts.hasColumns && !m_columns.empty()) {
        beginRemoveColumns({}, 0, int(m_columns.size()) - 1);
        m_columns.clear();
        endRemoveColumns();
    } else if (counts.hasColumns && m_columns.empty()) {
        net::MySqlColumns columns = m_table->columns();
        beginInsertColumns({}, 0, int(columns.size()) - 1);
        m_columns = std::move(columns);
        endInsertColumns();
    }
    if (now > m_rows) {
        beginInsertRows({}, m_rows, now - 1);
        m_rows = now;
        endInsertRows();
    }
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_table)
        return {};
    const auto column = std::size_t(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(m_table->value(index.row(), column), cellLimit);
    case Qt::ToolTipRole: {
        const MySqlValue value = m_table->value(index.row(), column);
        const auto *text = std::get_if<QString>(&value);
        return text && text->size() > cellLimit ? shown(value, tipLimit) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return int((isNumber(m_columns[column].type) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        if (net::isNull(m_table->value(index.row(), column))) {
            QFont font;
            font.setItalic(true);
            return font;
        }
        return {};
    case Qt::ForegroundRole:
        if (net::isNull(m_table->value(index.row(), column)))
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const net::MySqlColumn &column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return QStringLiteral("%1\n%2").arg(column.name, column.typeName);
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(column.type) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        QStringList facts {column.typeName};
        if (!column.table.isEmpty())
            facts << tr("of %1.%2").arg(column.database, column.table);
        if (column.isKey)
            facts << tr("primary key");
        if (!column.isNullable)
            facts << tr("never NULL");
        return facts.join(QStringLiteral(", "));
    }
    return {};
}

QString RowsModel::tsv(const QItemSelection &selection) const
{
    int top = 0;
    int bottom = m_rows - 1;
    int left = 0;
    int right = columnCount() - 1;
    QByteArray text;
    if (selection.isEmpty()) {
        text = tasks::headerLine(m_columns);
    } else {
        top = left = std::numeric_limits<int>::max();
        bottom = right = -1;
        for (const QItemSelectionRange &range : selection) {
            top = std::min(top, range.top());
            bottom = std::max(bottom, range.bottom());
            left = std::min(left, range.left());
            right = std::max(right, range.right());
        }
    }
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            text += tasks::cellText(m_table->value(row, std::size_t(column)));
            text += column == right ? '\n' : '\t';
        }
    }
    return QString::fromUtf8(text);
}

} // namespace coroscope::ui
