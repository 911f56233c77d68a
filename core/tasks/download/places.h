// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/notifier.h"
#include "core/tasks/download/item.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace coroscope::download {

class Place;

/// Who goes first: the higher priority, then the lower position in the queue.
struct Rank
{
    int priority = 0;
    std::int64_t position = 0;
    friend bool operator<(const Rank &a, const Rank &b)
    {
        return a.priority != b.priority ? a.priority > b.priority : a.position < b.position;
    }
};

/// So many transfers may go at once, and so many of them to one host; the others wait in the order of their
/// ranks. One loop's thread; keep it in a shared_ptr.
class Places
{
public:
    explicit Places(int transfers, int perHost);
    Places(const Places &) = delete;
    Places &operator=(const Places &) = delete;

    /// Takes no place away from who has one.
    void setLimits(int transfers, int perHost);
    int taken() const { return m_taken; }
    int takenOf(const QString &host) const { return m_takenOf.value(host); }

private:
    friend class Place;

    bool hasRoomFor(const QString &host) const;
    void admit();

    int m_transfers;
    int m_perHost;
    int m_taken = 0;
    QHash<QString, int> m_takenOf;
    std::vector<Place *> m_waiting; ///< by rank
};

/// A wait for a place, and then the place; given back when this object goes.
///
///     Place place(places, host, rank);
///     while (!place.isMine())
///         co_await place.wait(label);
class Place
{
public:
    Place(std::shared_ptr<Places> places, QString host, Rank rank);
    ~Place();
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

    bool isMine() const { return m_isMine; }
    /// Resumed by the loop when the place may have become free. Cancellable.
    auto wait(StringId label) { return m_notifier.wait(trace::WaitKind::Notifier, label); }

private:
    friend class Places;

    std::shared_ptr<Places> m_places;
    QString m_host;
    Rank m_rank;
    Notifier m_notifier;
    bool m_isMine = false;
};

} // namespace coroscope::download
