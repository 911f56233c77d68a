// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/places.h"

#include <algorithm>

namespace coroscope::download {

Places::Places(int transfers, int perHost)
    : m_transfers(std::max(transfers, 1))
    , m_perHost(std::max(perHost, 1))
{ }

void Places::setLimits(int transfers, int perHost)
{
    m_transfers = std::max(transfers, 1);
    m_perHost = std::max(perHost, 1);
    admit();
}

bool Places::hasRoomFor(const QString &host) const
{
    return m_taken < m_transfers && takenOf(host) < m_perHost;
}

void Places::admit()
{
    for (auto next = m_waiting.begin(); next != m_waiting.end() && m_taken < m_transfers;) {
        Place &place = **next;
        if (!hasRoomFor(place.m_host)) {
            ++next;
            continue;
        }
        next = m_waiting.erase(next);
        ++m_taken;
        ++m_takenOf[place.m_host];
        place.m_isMine = true;
        place.m_notifier.notify(trace::Cause::Notified);
    }
}

Place::Place(std::shared_ptr<Places> places, QString host, Rank rank)
    : m_places(std::move(places))
    , m_host(std::move(host))
    , m_rank(rank)
{
    auto &waiting = m_places->m_waiting;
    const auto before = [](const Rank &a, const Place *b) { return a < b->m_rank; };
    waiting.insert(std::upper_bound(waiting.begin(), waiting.end(), m_rank, before), this);
    m_places->admit();
}

Place::~Place()
{
    if (!m_isMine) {
        std::erase(m_places->m_waiting, this);
        return;
    }
    --m_places->m_taken;
    if (--m_places->m_takenOf[m_host] == 0)
        m_places->m_takenOf.remove(m_host);
    m_places->admit();
}

} // namespace coroscope::download
