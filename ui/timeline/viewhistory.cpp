// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/viewhistory.h"

namespace coroscope::ui {

constexpr std::size_t mostPlaces = 200;
constexpr std::chrono::milliseconds together {800};

void ViewHistory::leave(const Place &place, Jump jump, Clock::time_point when)
{
    const bool soon = m_last && when - m_lastTime < together;
    const bool goesOn = soon && (jump == *m_last || jump == Jump::Reveal);
    if (!goesOn)
        m_last = jump;
    m_lastTime = when;
    m_forward.clear();
    if (goesOn || (!m_back.empty() && m_back.back() == place))
        return;
    if (m_back.size() == mostPlaces)
        m_back.erase(m_back.begin());
    m_back.push_back(place);
}

std::optional<Place> ViewHistory::move(std::vector<Place> &from, std::vector<Place> &to, const Place &present)
{
    while (!from.empty() && from.back() == present)
        from.pop_back();
    if (from.empty())
        return {};
    const Place place = from.back();
    from.pop_back();
    to.push_back(present);
    return place;
}

std::optional<Place> ViewHistory::back(const Place &present)
{
    m_last.reset();
    return move(m_back, m_forward, present);
}

std::optional<Place> ViewHistory::forward(const Place &present)
{
    m_last.reset();
    return move(m_forward, m_back, present);
}

} // namespace coroscope::ui
