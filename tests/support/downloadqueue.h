// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"

#include <algorithm>
#include <map>

namespace coroscope::tests {

using namespace std::chrono_literals;

inline download::Item downloadItem(std::int64_t id, const QString &name,
                                   download::ItemState state = download::ItemState::Queued,
                                   const QString &host = QStringLiteral("example.org"))
{
    download::Item item;
    item.id = {id};
    item.name = name;
    item.state = state;
    item.request.urls = {QUrl(QStringLiteral("https://%1/files/%2").arg(host, name))};
    item.request.folder = QStringLiteral("/home/me/Downloads");
    return item;
}

/// Plays the engine towards a list: keeps items and an order, and tells the list what a test changes.
class DownloadQueue
{
public:
    explicit DownloadQueue(download::DownloadList &list)
        : m_list(list)
    { }

    void put(const std::vector<download::Item> &items)
    {
        download::Delta delta = base();
        delta.changed = items;
        for (const download::Item &item : items) {
            if (!m_items.contains(item.id))
                m_order.push_back(item.id);
            m_items.insert_or_assign(item.id, item);
        }
        tell(std::move(delta));
    }
    void remove(const std::vector<download::ItemId> &ids)
    {
        download::Delta delta = base();
        delta.removed = ids;
        for (const download::ItemId id : ids) {
            m_items.erase(id);
            std::erase(m_order, id);
        }
        canUndoRemove = true;
        tell(std::move(delta));
    }
    void order(const std::vector<download::ItemId> &ids)
    {
        download::Delta delta = base();
        m_order = ids;
        delta.order = ids;
        tell(std::move(delta));
    }
    void tell() { tell(base()); }

    download::Limits limits {};
    bool canUndoRemove = false;
    QString fault {};

private:
    static download::Delta base() { return {}; }
    void tell(download::Delta delta)
    {
        delta.totals = totals();
        delta.limits = limits;
        delta.canUndoRemove = canUndoRemove;
        delta.fault = fault;
        m_list.apply(std::move(delta));
    }
    download::Totals totals() const
    {
        using download::ItemState;
        download::Totals totals;
        qint64 left = 0;
        for (const auto &[id, item] : m_items) {
            switch (item.state) {
            case ItemState::Queued:
            case ItemState::Scheduled:
                ++totals.queued;
                break;
            case ItemState::Active:
            case ItemState::Waiting:
                ++totals.active;
                break;
            case ItemState::Paused:
                ++totals.paused;
                break;
            case ItemState::Done:
                ++totals.done;
                break;
            case ItemState::Failed:
                ++totals.failed;
                break;
            case ItemState::Cancelled:
                ++totals.cancelled;
                break;
            }
            totals.received += item.received;
            totals.expected += item.total.value_or(item.received);
            totals.unknownSizes += !item.total && !download::hasEnded(item.state) ? 1 : 0;
            totals.bytesPerSecond += item.bytesPerSecond;
            left += item.total ? *item.total - item.received : 0;
        }
        if (totals.bytesPerSecond > 0)
            totals.timeLeft = std::chrono::seconds(qint64(double(left) / totals.bytesPerSecond));
        return totals;
    }

    download::DownloadList &m_list;
    std::map<download::ItemId, download::Item> m_items;
    std::vector<download::ItemId> m_order;
};

} // namespace coroscope::tests
