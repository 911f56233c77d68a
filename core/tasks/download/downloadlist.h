// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QHash>
#include <QObject>

#include <map>

namespace coroscope::download {

/// What changed in a queue since the last delta. The engine makes about ten a second, while there is a
/// change.
struct Delta
{
    std::vector<Item> changed {}; ///< new ones, too: at the end, unless `order` says where
    std::vector<ItemId> removed {};
    std::optional<std::vector<ItemId>> order {}; ///< of all items, where it changed
    Totals totals {};
    Limits limits {};
    bool canUndoRemove = false;
    QString fault {}; ///< why the queue can't be kept, a sentence for a person; empty: it can
    bool isLocked = false; ///< the fault is that another process has it
};

/// How a queue of downloads lives.
struct QueueOptions
{
    QString queueFile {}; ///< a database; empty: the queue ends with the process
    bool resumeOnStart = true; ///< false: what was under way comes back paused
    bool asksForLogin = false; ///< a 401 or 407 pauses the item until GiveCredentials; else it fails
    std::optional<Limits> limits {}; ///< in place of the saved ones
};

/// The queue as the window and the terminal see it: rows in the order of the queue. Views only read it.
/// Lives on the session's thread.
class DownloadList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    int size() const { return int(m_rows.size()); }
    const Item &at(int row) const { return m_items.find(m_rows[std::size_t(row)])->second; }
    /// -1: it isn't there.
    int rowOf(ItemId id) const { return m_rowOf.value(id, -1); }
    const Item *find(ItemId id) const;
    /// The item whose transfer has that lane; none.
    const Item *ofTask(TaskId task) const;
    const Totals &totals() const { return m_totals; }
    const Limits &limits() const { return m_limits; }
    bool canUndoRemove() const { return m_canUndoRemove; }
    /// False until the saved queue has been read.
    bool isLoaded() const { return m_isLoaded; }
    /// Why the saved queue can't be used: it takes no commands then. Empty: it can.
    const QString &fault() const { return m_fault; }
    bool isLocked() const { return m_isLocked; }

    void apply(Delta delta);

signals:
    /// Rows are taken away or put into another order: between these two a model resets.
    void aboutToReset();
    void reset();
    /// Rows will be, and then were, appended.
    void aboutToAppend(int first, int last);
    void appended();
    /// Values of these rows (ascending) are new.
    void updated(const std::vector<int> &rows);
    /// Totals, limits, canUndoRemove(): after each apply().
    void totalsChanged();
    /// The last unfinished item that wasn't paused has ended.
    void allEnded(const coroscope::download::Totals &totals);

private:
    void takeAway(const std::vector<ItemId> &removed);
    void setOrder(std::vector<ItemId> rows);

    std::map<ItemId, Item> m_items;
    std::vector<ItemId> m_rows;
    QHash<ItemId, int> m_rowOf;
    QHash<TaskId, ItemId> m_ofTask;
    Totals m_totals;
    Limits m_limits;
    bool m_canUndoRemove = false;
    QString m_fault;
    bool m_isLocked = false;
    bool m_isLoaded = false;
};

} // namespace coroscope::download
