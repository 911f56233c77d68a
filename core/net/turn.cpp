// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/turn.h"

namespace coroscope::net {

Turnstile::Turnstile(int places)
    : m_places(std::max(places, 1))
{ }

void Turnstile::admit()
{
    while (m_taken < m_places && !m_queue.empty()) {
        Turn *const next = m_queue.front();
        m_queue.pop_front();
        ++m_taken;
        next->m_isMine = true;
        next->m_notifier.notify(trace::Cause::Notified);
    }
}

Turn::Turn(std::shared_ptr<Turnstile> turnstile)
    : m_turnstile(std::move(turnstile))
{
    m_turnstile->m_queue.push_back(this);
    m_turnstile->admit();
}

Turn::~Turn()
{
    if (m_isMine)
        --m_turnstile->m_taken;
    else
        std::erase(m_turnstile->m_queue, this);
    m_turnstile->admit();
}

} // namespace coroscope::net
