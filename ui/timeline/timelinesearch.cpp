// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelinesearch.h"

#include "ui/selection.h"
#include "ui/timeline/laneshapes.h"
#include "ui/timeline/timelineview.h"

#include <QElapsedTimer>

#include <algorithm>

namespace coroscope::ui {

constexpr int againMs = 500;
constexpr int patience = 20; ///< the next search waits that many times as long as the last one took

TimelineSearch::TimelineSearch(TimelineView &view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &TimelineSearch::search);
    connect(&view, &TimelineView::grown, this, [this] {
        if (!m_text.isEmpty() && !m_again.isActive())
            m_again.start();
    });
}

void TimelineSearch::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    m_current.reset();
    search();
}

void TimelineSearch::search()
{
    const std::optional<FindHit> was = m_current ? std::optional(m_hits[*m_current]) : std::nullopt;
    QElapsedTimer time;
    time.start();
    m_hits = findInTimeline(m_view.store(), m_text);
    m_again.setInterval(std::max(againMs, static_cast<int>(time.elapsed()) * patience));
    m_byTask.clear();
    for (std::uint32_t i = 0; i < m_hits.size(); ++i)
        m_byTask[m_hits[i].task].push_back(i);
    m_current.reset();
    if (was) {
        const auto same = std::find(m_hits.begin(), m_hits.end(), *was);
        if (same != m_hits.end())
            m_current = static_cast<std::size_t>(same - m_hits.begin());
    }
    emit changed();
}

void TimelineSearch::step(int by)
{
    if (m_hits.empty())
        return;
    const auto count = static_cast<std::int64_t>(m_hits.size());
    if (m_current) {
        const auto next = (static_cast<std::int64_t>(*m_current) + by) % count;
        m_current = static_cast<std::size_t>(next < 0 ? next + count : next);
    } else {
        const TimeRange range = m_view.range();
        const auto seen = std::find_if(m_hits.begin(), m_hits.end(),
                                       [&](const FindHit &hit) { return hit.time >= range.begin; });
        m_current = seen == m_hits.end() ? 0 : static_cast<std::size_t>(seen - m_hits.begin());
    }
    goTo(m_hits[*m_current]);
    emit changed();
}

void TimelineSearch::goTo(const FindHit &hit)
{
    m_view.leave(Jump::Find);
    m_view.setFollowing(false);
    m_view.selection().reveal(hit.task, hit.slice);
    if (hit.what != FindHit::What::Name && !m_view.range().contains(hit.time)) {
        const Time margin = m_view.range().length() / 10;
        m_view.setRange(revealing(m_view.range(), {hit.time - margin, hit.time + margin}));
    }
}

TimelineSearch::Highlight TimelineSearch::ofName(TaskId task) const
{
    const auto found = m_byTask.constFind(task);
    if (found == m_byTask.cend())
        return Highlight::None;
    Highlight highlight = Highlight::None;
    for (const std::uint32_t i : *found) {
        if (m_hits[i].what == FindHit::What::Name)
            highlight = m_current == i ? Highlight::Current : Highlight::Hit;
    }
    return highlight;
}

/// Whether a shape of that kind shows what the hit is about.
static bool shows(LaneShape::Kind kind, FindHit::What what)
{
    const bool waits = kind < LaneShape::Kind::Mixed;
    if (kind == LaneShape::Kind::Forgotten)
        return false;
    return kind == LaneShape::Kind::Mixed ? what != FindHit::What::Name
                                          : waits == (what == FindHit::What::Wait);
}

TimelineSearch::Highlight TimelineSearch::ofShape(const LaneShape &shape) const
{
    const auto found = m_byTask.constFind(shape.task);
    if (found == m_byTask.cend() || shape.slice == model::LaneSpan::beforeFirst)
        return Highlight::None;
    const auto first = std::lower_bound(found->begin(), found->end(), shape.begin,
                                        [this](std::uint32_t i, Time time) { return m_hits[i].time < time; });
    Highlight highlight = Highlight::None;
    for (auto it = first; it != found->end() && m_hits[*it].time <= shape.end; ++it) {
        const FindHit &hit = m_hits[*it];
        if (!hit.slice || *hit.slice < shape.slice || *hit.slice >= shape.slice + shape.count
            || !shows(shape.kind, hit.what))
            continue;
        if (m_current == *it)
            return Highlight::Current;
        highlight = Highlight::Hit;
    }
    return highlight;
}

} // namespace coroscope::ui
