// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/pulse.h"

#include <algorithm>

namespace coroscope::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 16ms;
constexpr auto tickInterval = 100ms;

template<class T>
void appendTo(std::vector<T> &all, const std::vector<T> &more)
{
    all.insert(all.end(), more.begin(), more.end());
}

template<class T>
void keepEachOnce(std::vector<T> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

} // namespace

Pulse::Pulse(model::TraceStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_moment(store)
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    m_tick.setInterval(tickInterval);
    connect(&m_next, &QTimer::timeout, this, &Pulse::deliver);
    connect(&m_tick, &QTimer::timeout, this, &Pulse::onTick);
    connect(&store, &model::TraceStore::changed, this, &Pulse::gather);
    m_tick.start();
}

void Pulse::setFrozen(bool frozen)
{
    if (m_frozen == frozen)
        return;
    m_frozenAt = m_store.now();
    m_frozen = frozen;
    emit frozenChanged(frozen);
    if (!frozen)
        deliver();
}

model::Time Pulse::now() const { return m_moment.isPast() ? m_moment.now() : present(); }

model::Time Pulse::present() const { return m_frozen ? m_frozenAt : m_store.now(); }

void Pulse::setMoment(std::optional<model::Time> time)
{
    if (!time && !m_moment.isPast())
        return;
    m_moment = time ? model::Moment(m_store, *time) : model::Moment(m_store);
    emit momentChanged();
}

void Pulse::gather(const model::ChangeSet &changes)
{
    if (changes.cleared) {
        m_gathered = {};
        if (m_moment.isPast())
            m_moment = model::Moment(m_store, m_moment.now()); // without what was computed of it
    }
    m_gathered.cleared |= changes.cleared;
    m_gathered.renumbered |= changes.renumbered;
    m_gathered.printed |= changes.printed;
    m_gathered.trimmed |= changes.trimmed;
    if (!m_gathered.cleared) {
        appendTo(m_gathered.created, changes.created);
        appendTo(m_gathered.changed, changes.changed);
        appendTo(m_gathered.forgotten, changes.forgotten);
        appendTo(m_gathered.futures, changes.futures);
        appendTo(m_gathered.waits, changes.waits);
        if (m_gathered.changed.size() >= m_compactAt)
            compact();
    }
    m_pending = true;
    if (!m_tick.isActive())
        m_tick.start();
    const auto since = m_sinceBeat.isValid() ? std::chrono::milliseconds(m_sinceBeat.elapsed()) : frame;
    if (changes.cleared || (!m_frozen && since >= frame))
        deliver();
    else if (!m_frozen && !m_next.isActive())
        m_next.start(frame - since);
}

/// A frozen view gathers for hours: by what lives, not by what happens.
void Pulse::compact()
{
    keepEachOnce(m_gathered.changed);
    keepEachOnce(m_gathered.futures);
    keepEachOnce(m_gathered.waits);
    const auto isUnknown = [this](TaskId id) { return !m_store.task(id); };
    std::erase_if(m_gathered.created, isUnknown);
    std::erase_if(m_gathered.changed, isUnknown);
    m_compactAt = std::max(leastCompacted, 2 * m_gathered.changed.size());
}

void Pulse::deliver()
{
    if (!m_pending || (m_frozen && !m_gathered.cleared))
        return;
    m_pending = false;
    m_next.stop();
    m_sinceBeat.start();
    const model::ChangeSet changes = [this] {
        model::ChangeSet merged = std::exchange(m_gathered, {});
        m_compactAt = leastCompacted;
        keepEachOnce(merged.changed);
        keepEachOnce(merged.futures);
        keepEachOnce(merged.waits);
        return merged;
    }();
    emit beat(changes);
}

void Pulse::onTick()
{
    if (m_frozen)
        return;
    const model::StoreFigures figures = m_store.figures();
    std::uint32_t live = 0;
    for (std::size_t state = 0; state < figures.tasksByState.size(); ++state)
        live += model::hasEnded(model::TaskState(state)) ? 0 : figures.tasksByState[state];
    if (live == 0 && figures.eventsPerSecond < 0.5)
        m_tick.stop();
    emit tick();
}

} // namespace coroscope::ui
