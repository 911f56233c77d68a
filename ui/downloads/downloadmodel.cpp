// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadmodel.h"

#include "ui/downloads/downloadwords.h"
#include "ui/plaintip.h"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

#include <algorithm>
#include <numeric>

namespace coroscope::ui {

using namespace std::chrono_literals;
using download::Item;
using download::ItemId;
using download::ItemState;

namespace {

constexpr auto arrangeInterval = 500ms;
/// More runs of changed rows than that are told as one.
constexpr std::size_t mostRuns = 64;
/// How far the stripes go for so many bytes.
constexpr qint64 bytesPerStep = 16 * 1024;

QString dragType() { return QStringLiteral("application/x-coroscope-downloads"); }

} // namespace

DownloadModel::DownloadModel(download::DownloadList &list, QObject *parent)
    : QAbstractTableModel(parent)
    , m_list(list)
{
    m_arrange.setSingleShot(true);
    connect(&m_arrange, &QTimer::timeout, this, &DownloadModel::arrange);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &DownloadModel::onTick);
    connect(&list, &download::DownloadList::aboutToReset, this, [this] { beginResetModel(); });
    connect(&list, &download::DownloadList::reset, this, [this] {
        assign(wanted());
        endResetModel();
        emit arranged();
    });
    connect(&list, &download::DownloadList::aboutToAppend, this, &DownloadModel::onAppend);
    connect(&list, &download::DownloadList::appended, this, [this] {
        const int first = rowCount();
        // The new items can be looked at from now on: which of them match is known only here.
        std::vector<ItemId> fresh;
        for (int row = m_list.size() - int(m_coming.size()); row < m_list.size(); ++row) {
            if (m_filter.matches(m_list.at(row)))
                fresh.push_back(m_list.at(row).id);
        }
        m_coming.clear();
        if (fresh.empty())
            return;
        beginInsertRows({}, first, first + int(fresh.size()) - 1);
        for (const ItemId id : fresh) {
            m_rowOf.insert(id, rowCount());
            m_shown.push_back(id);
        }
        endInsertRows();
        if (m_sortedBy)
            arrangeSoon();
        m_tick.start();
        emit arranged();
    });
    connect(&list, &download::DownloadList::updated, this, &DownloadModel::onUpdate);
    assign(wanted());
    m_tick.start();
}

const Item *DownloadModel::itemAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : m_list.find(m_shown[std::size_t(row)]);
}

int DownloadModel::rowOf(ItemId id) const { return m_rowOf.value(id, -1); }

void DownloadModel::setFilter(const DownloadFilter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    arrange();
    emit arranged(); // the filter is another, whatever it leaves
}

void DownloadModel::sort(int column, Qt::SortOrder order)
{
    m_sortedBy = column < 0 ? std::nullopt : std::optional(DownloadColumn(column));
    m_order = order;
    arrange();
}

void DownloadModel::onAppend(int first, int last) { m_coming.resize(std::size_t(last - first + 1)); }

void DownloadModel::onUpdate(const std::vector<int> &rows)
{
    std::vector<int> shown;
    bool isMoved = m_sortedBy.has_value();
    for (const int row : rows) {
        const Item &item = m_list.at(row);
        const int at = rowOf(item.id);
        isMoved |= !m_filter.isEmpty() && m_filter.matches(item) != (at >= 0);
        if (at >= 0)
            shown.push_back(at);
    }
    if (!std::ranges::is_sorted(shown))
        std::ranges::sort(shown);
    std::vector<std::pair<int, int>> runs;
    for (const int row : shown) {
        if (!runs.empty() && runs.back().second + 1 == row)
            runs.back().second = row;
        else
            runs.emplace_back(row, row);
    }
    if (runs.size() > mostRuns)
        runs = {{shown.front(), shown.back()}};
    for (const auto &[first, last] : runs)
        emit dataChanged(index(first, 0), index(last, downloadColumnCount - 1));
    if (isMoved)
        arrangeSoon();
    if (!shown.empty() && !m_tick.isActive())
        m_tick.start();
}

/// "next try in 12 s" counts down without a word from the engine.
void DownloadModel::onTick()
{
    bool isTicking = false;
    for (int row = 0; row < rowCount(); ++row) {
        if (const Item *item = itemAt(row); item && item->state == ItemState::Waiting) {
            isTicking = true;
            const QModelIndex cell = index(row, int(DownloadColumn::State));
            emit dataChanged(cell, cell);
        }
    }
    if (!isTicking)
        m_tick.stop();
}

void DownloadModel::arrangeSoon()
{
    if (m_arrange.isActive())
        return;
    const auto since = m_sinceArranged.isValid() ? std::chrono::milliseconds(m_sinceArranged.elapsed())
                                                 : arrangeInterval;
    m_arrange.start(std::max(0ms, std::chrono::milliseconds(arrangeInterval) - since));
}

void DownloadModel::arrange()
{
    m_arrange.stop();
    m_sinceArranged.start();
    std::vector<ItemId> next = wanted();
    if (next == m_shown)
        return;
    beginResetModel();
    assign(std::move(next));
    endResetModel();
    emit arranged();
}

std::vector<ItemId> DownloadModel::wanted() const
{
    std::vector<const Item *> items;
    items.reserve(std::size_t(m_list.size()));
    for (int row = 0; row < m_list.size(); ++row) {
        if (const Item &item = m_list.at(row); m_filter.matches(item))
            items.push_back(&item);
    }
    if (m_sortedBy) {
        std::vector<SortKey> keys;
        keys.reserve(items.size());
        for (const Item *item : items)
            keys.push_back(sortKey(*item, *m_sortedBy));
        std::vector<std::size_t> order(items.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            if (keys[a] == keys[b])
                return a < b;
            return m_order == Qt::AscendingOrder ? keys[a] < keys[b] : keys[b] < keys[a];
        });
        std::vector<const Item *> sorted;
        sorted.reserve(items.size());
        for (const std::size_t i : order)
            sorted.push_back(items[i]);
        items = std::move(sorted);
    }
    std::vector<ItemId> ids;
    ids.reserve(items.size());
    for (const Item *item : items)
        ids.push_back(item->id);
    return ids;
}

void DownloadModel::assign(std::vector<ItemId> shown)
{
    m_shown = std::move(shown);
    m_rowOf.clear();
    m_rowOf.reserve(qsizetype(m_shown.size()));
    for (std::size_t row = 0; row < m_shown.size(); ++row)
        m_rowOf.insert(m_shown[row], int(row));
}

int DownloadModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int DownloadModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : downloadColumnCount;
}

QVariant DownloadModel::data(const QModelIndex &index, int role) const
{
    const Item *item = itemAt(index.row());
    if (!item)
        return {};
    const auto column = DownloadColumn(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*item, column, QDateTime::currentDateTimeUtc());
    case Qt::ToolTipRole:
        switch (column) {
        case DownloadColumn::Name:
            return plainTip(item->request.url().toDisplayString() + QLatin1Char('\n')
                            + (item->path.isEmpty() ? item->request.folder : item->path));
        case DownloadColumn::Remark:
        case DownloadColumn::State:
            return plainTip(item->error.isEmpty() ? item->note : item->error);
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    case ItemIdRole:
        return qlonglong(item->id.value);
    case StateRole:
        return int(item->state);
    case PartRole: {
        const auto part = donePart(*item);
        return part ? QVariant(*part) : QVariant();
    }
    case PhaseRole:
        return int(item->received / bytesPerStep % 1024);
    case ToneRole:
        if (column == DownloadColumn::Remark)
            return int(remarkOf(*item).tone);
        if (column == DownloadColumn::State) {
            return int(item->state == ItemState::Done     ? Tone::Good
                       : item->state == ItemState::Failed ? Tone::Bad
                                                          : Tone::Normal);
        }
        if (column == DownloadColumn::Host || (column == DownloadColumn::Priority && item->priority == 0))
            return int(Tone::Dim);
        return {};
    default:
        return {};
    }
}

QVariant DownloadModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = DownloadColumn(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnTip(column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

Qt::ItemFlags DownloadModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags drops = isInQueueOrder() ? Qt::ItemIsDropEnabled : Qt::NoItemFlags;
    if (!index.isValid())
        return drops;
    const Qt::ItemFlags drags = isInQueueOrder() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags;
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren | drags;
}

QStringList DownloadModel::mimeTypes() const { return {dragType()}; }

QMimeData *DownloadModel::mimeData(const QModelIndexList &indexes) const
{
    std::vector<int> rows;
    for (const QModelIndex &index : indexes)
        rows.push_back(index.row());
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    for (const int row : rows)
        stream << qint64(m_shown[std::size_t(row)].value);
    auto *data = new QMimeData;
    data->setData(dragType(), bytes);
    return data;
}

bool DownloadModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int,
                                    const QModelIndex &) const
{
    return isInQueueOrder() && data->hasFormat(dragType());
}

bool DownloadModel::dropMimeData(const QMimeData *data, Qt::DropAction, int row, int,
                                 const QModelIndex &parent)
{
    if (!data->hasFormat(dragType()) || !isInQueueOrder())
        return false;
    std::vector<ItemId> items;
    QDataStream stream(data->data(dragType()));
    while (!stream.atEnd()) {
        qint64 id = 0;
        stream >> id;
        items.push_back({id});
    }
    int target = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    while (target < rowCount() && std::ranges::find(items, m_shown[std::size_t(target)]) != items.end())
        ++target;
    emit moved(items, target < rowCount() ? m_shown[std::size_t(target)] : ItemId {});
    return false; // the queue moves them, not the view
}

} // namespace coroscope::ui
