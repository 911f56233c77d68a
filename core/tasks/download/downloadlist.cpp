// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/downloadlist.h"

#include <algorithm>

namespace coroscope::download {

const Item *DownloadList::find(ItemId id) const
{
    const auto found = m_items.find(id);
    return found == m_items.end() ? nullptr : &found->second;
}

const Item *DownloadList::ofTask(TaskId task) const { return find(m_ofTask.value(task)); }

void DownloadList::apply(Delta delta)
{
    const bool wereSome = m_totals.queued + m_totals.active > 0;
    const bool isReordered = delta.order || !delta.removed.empty();
    if (isReordered) {
        emit aboutToReset();
        takeAway(delta.removed);
    }
    std::vector<int> updated;
    std::vector<ItemId> fresh;
    for (Item &item : delta.changed) {
        const ItemId id = item.id;
        if (item.task)
            m_ofTask.insert(item.task, id);
        const int row = rowOf(id);
        if (row >= 0)
            updated.push_back(row);
        else
            fresh.push_back(id);
        m_items.insert_or_assign(id, std::move(item));
    }
    if (delta.order) {
        setOrder(*delta.order);
        std::erase_if(fresh, [this](ItemId id) { return rowOf(id) >= 0; });
    }
    if (isReordered)
        emit reset();
    if (!fresh.empty()) {
        const int first = size();
        emit aboutToAppend(first, first + int(fresh.size()) - 1);
        for (const ItemId id : fresh) {
            m_rowOf.insert(id, size());
            m_rows.push_back(id);
        }
        emit appended();
    }
    if (!updated.empty() && !isReordered) {
        std::ranges::sort(updated);
        emit this->updated(updated);
    }
    m_totals = delta.totals;
    m_limits = delta.limits;
    m_canUndoRemove = delta.canUndoRemove;
    m_fault = delta.fault;
    m_isLocked = delta.isLocked;
    m_isLoaded = true;
    emit totalsChanged();
    if (wereSome && m_totals.queued + m_totals.active == 0)
        emit allEnded(m_totals);
}

void DownloadList::takeAway(const std::vector<ItemId> &removed)
{
    for (const ItemId id : removed) {
        if (const Item *item = find(id)) {
            m_ofTask.remove(item->task);
            m_items.erase(id);
        }
    }
    setOrder(m_rows);
}

/// New rows, too, where the order names them: what comes back after a Remove has its old place.
void DownloadList::setOrder(std::vector<ItemId> rows)
{
    std::erase_if(rows, [this](ItemId id) { return !m_items.contains(id); });
    m_rows = std::move(rows);
    m_rowOf.clear();
    for (int row = 0; row < size(); ++row)
        m_rowOf.insert(m_rows[std::size_t(row)], row);
}

} // namespace coroscope::download
