// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/liveclock.h"

#include <algorithm>

namespace coroscope::ui {

model::Time LiveClock::now(model::Time storeNow, std::chrono::steady_clock::time_point wall)
{
    if (m_source == Source::Store)
        return storeNow;
    if (storeNow < m_storeNow)
        m_last = {};
    if (storeNow != m_storeNow) {
        m_storeNow = storeNow;
        m_since = wall;
    }
    m_last = std::max(m_last, m_storeNow + std::chrono::duration_cast<model::Time>(wall - m_since));
    return m_last;
}

} // namespace coroscope::ui
