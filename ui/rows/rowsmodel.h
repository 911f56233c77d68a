// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/resulttable.h"

#include <QAbstractTableModel>
#include <QItemSelection>

#include <memory>
#include <optional>

namespace coroscope::ui {

/// A thin look at the rows of a statement, while they come, or as they had come by a moment: it holds none
/// itself.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(std::shared_ptr<const tasks::ResultTable> table, std::optional<std::uint64_t> ticks = {});
    const std::shared_ptr<const tasks::ResultTable> &table() const { return m_table; }
    /// Takes in what has come since. Of a past moment: what had come by its `ticks`.
    void refresh(std::optional<std::uint64_t> ticks = {});
    /// How many had come, the kept ones and more.
    qint64 totalCount() const { return m_total; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_columns.size());
    }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Cells with tabs between and rows with line feeds, as `coroscope mysql` prints them; of what is
    /// selected the smallest rectangle, else all rows under a header line.
    QString tsv(const QItemSelection &selection) const;

private:
    std::shared_ptr<const tasks::ResultTable> m_table;
    net::MySqlColumns m_columns;
    int m_rows = 0;
    qint64 m_total = 0;
};

} // namespace coroscope::ui
