// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"
#include "ui/downloads/downloadcolumn.h"
#include "ui/downloads/downloadfilter.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QTimer>

namespace coroscope::ui {

/// A table over the queue of downloads. It holds which items are shown, in which order, and nothing of
/// theirs.
///
/// In the order of the queue rows can be dragged. Sorted by a column or filtered, it arranges itself anew at
/// most twice a second, with a reset: a view keeps its selection by the items' ids.
class DownloadModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        ItemIdRole = Qt::UserRole, ///< qlonglong
        ToneRole, ///< Tone, of a text that isn't normal
        StateRole, ///< int: download::ItemState; the name's glyph, the bar's depth
        PartRole, ///< double, 0…1: how far the bar is
        PhaseRole, ///< int: moves the stripes of a bar without a size
    };

    explicit DownloadModel(download::DownloadList &list, QObject *parent = nullptr);

    void setFilter(const DownloadFilter &filter);
    const DownloadFilter &filter() const { return m_filter; }
    /// None outside of the table.
    const download::Item *itemAt(int row) const;
    /// -1: it isn't shown.
    int rowOf(download::ItemId id) const;
    bool isInQueueOrder() const { return !m_sortedBy; }
    bool showsAll() const { return m_filter.isEmpty(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A negative column: the order of the queue.
    void sort(int column, Qt::SortOrder order) override;

    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    /// Rows were dropped before another; none: at the end.
    void moved(const std::vector<coroscope::download::ItemId> &items, coroscope::download::ItemId before);
    /// Rows or their order changed.
    void arranged();

private:
    void onAppend(int first, int last);
    void onUpdate(const std::vector<int> &rows);
    void onTick();
    void arrangeSoon();
    void arrange();
    std::vector<download::ItemId> wanted() const;
    void assign(std::vector<download::ItemId> shown);

    download::DownloadList &m_list;
    std::vector<download::ItemId> m_shown;
    QHash<download::ItemId, int> m_rowOf;
    DownloadFilter m_filter;
    std::optional<DownloadColumn> m_sortedBy;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::vector<download::ItemId> m_coming; ///< between the list's two signals of an append
    QTimer m_arrange;
    QTimer m_tick;
    QElapsedTimer m_sinceArranged;
};

} // namespace coroscope::ui
