// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/forgetter.h"

#include "core/model/awaitgraph.h"

#include <algorithm>

namespace coroscope::model {

namespace {

/// How much more than the limit is let come together before a pass.
constexpr std::int64_t slack = 16;
constexpr std::size_t mostCheckpoints = 1024;

} // namespace

void Forgetter::setLimits(const Retention &limits)
{
    m_limits = limits;
    m_stuckAt = 0;
}

void Forgetter::clear()
{
    m_checkpoints.clear();
    m_forgottenEvents = m_forgottenTasks = m_stuckAt = 0;
}

bool Forgetter::run()
{
    noteTime();
    if (!m_limits.isLimited())
        return false;
    m_hasTaken = false;
    if (const auto time = horizon())
        forgetUntil(*time);
    if (m_limits.memoryBytes)
        shrink();
    if (m_hasTaken)
        sweep();
    return m_hasTaken;
}

/// Every other one goes when there are too many: what is old is known less exactly.
void Forgetter::noteTime()
{
    m_checkpoints.push_back({s.now, s.figures.events});
    if (m_checkpoints.size() <= mostCheckpoints)
        return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_checkpoints.size(); i += 2)
        m_checkpoints[kept++] = m_checkpoints[i];
    m_checkpoints.resize(kept);
}

/// None: what is too much can still wait.
std::optional<Time> Forgetter::horizon() const
{
    const Time since = std::max(s.knownSince, s.first.value_or(s.now));
    std::optional<Time> horizon;
    if (m_limits.time && s.now - since > *m_limits.time + *m_limits.time / slack)
        horizon = s.now - *m_limits.time;
    const std::uint64_t kept = s.figures.events - m_forgottenEvents;
    if (m_limits.events && kept > *m_limits.events + *m_limits.events / slack)
        horizon = std::max(horizon.value_or(Time::min()), timeOf(s.figures.events - *m_limits.events));
    return horizon;
}

/// When so many events had come, or somewhat before.
Time Forgetter::timeOf(std::uint64_t event) const
{
    const auto after = std::upper_bound(m_checkpoints.begin(), m_checkpoints.end(), event,
                                        [](std::uint64_t e, const Checkpoint &point) {
                                            return e < point.events;
                                        });
    return after == m_checkpoints.begin() ? Time::min() : std::prev(after)->now;
}

void Forgetter::forgetUntil(Time time)
{
    if (time <= s.knownSince)
        return;
    m_hasTaken = true;
    s.knownSince = time;
    while (!s.ages.empty() && s.ages.front().time < time)
        take(s.ages.pop());
}

void Forgetter::shrink()
{
    const std::uint64_t most = *m_limits.memoryBytes;
    const std::uint64_t memory = s.memoryBytes();
    const bool isStuck = m_stuckAt > 0 && memory < m_stuckAt + most / slack / 4;
    if (memory <= most || isStuck || s.ages.empty())
        return;
    const std::uint64_t aim = most - most / slack;
    while (!s.ages.empty() && s.memoryBytes() > aim + m_marked) {
        const AgeQueue::Entry entry = s.ages.pop();
        s.knownSince = std::max(s.knownSince, entry.time + Time {1});
        take(entry);
    }
    m_hasTaken = true;
    m_stuckAt = s.memoryBytes() - m_marked > aim ? s.memoryBytes() - m_marked : 0;
}

void Forgetter::take(const AgeQueue::Entry &entry)
{
    using What = AgeQueue::What;
    switch (entry.what) {
    case What::Slices:
        if (TaskRecord *record = s.tasks.find(TaskId {entry.id}); record && !record->gone)
            takeSlices(*record, entry.end);
        return;
    case What::Task:
        if (TaskRecord *record = s.tasks.find(TaskId {entry.id}); record && !record->gone)
            takeTask(*record, entry);
        return;
    case What::Future:
        if (const Future *future = s.futures.find(FutureId {entry.id}); future && future->awaiting.empty())
            m_marked += sizeof(Future) + s.textBytesOf(*future);
        else if (future)
            m_later.push_back(entry);
        return;
    case What::Wait:
        if (const WaitSet *wait = s.waits.find(WaitId {entry.id}))
            m_marked += sizeof(WaitSet) + wait->members.size() * sizeof(TaskId);
        return;
    case What::Line:
        m_marked += sizeof(PrintedLine);
        return;
    }
}

void Forgetter::takeSlices(TaskRecord &record, SliceColumn::Index end)
{
    record.lane.slices.forgetBefore(end);
    s.recount(record);
}

void Forgetter::takeTask(TaskRecord &record, const AgeQueue::Entry &entry)
{
    if (!s.waits.activeWith(record.task.id).empty() || record.running) {
        m_later.push_back(entry);
        return;
    }
    record.gone = true;
    ++m_tasks;
    m_marked += StoreState::taskBytes + record.countedBytes + s.textBytesOf(record.task);
}

void Forgetter::sweep()
{
    if (m_tasks > 0)
        sweepTasks();
    if (m_marked > 0)
        sweepOthers();
    sweepLines();
    s.marks.forgetBefore(s.knownSince);
    for (const AgeQueue::Entry &entry : m_later)
        s.ages.push(entry);
    m_later.clear();
    m_tasks = 0;
    m_marked = 0;
    s.changes.trimmed = true;
    countEvents();
}

void Forgetter::sweepTasks()
{
    s.tasks.removeGone([this](TaskRecord &record) {
        s.sliceBytes -= record.countedBytes;
        s.textBytes -= s.textBytesOf(record.task);
        s.changes.forgotten.push_back(record.task.id);
        awaits::detach(record);
    });
    m_forgottenTasks += m_tasks;
    const auto isGone = [this](TaskId id) { return !s.tasks.find(id); };
    std::erase_if(s.changes.created, isGone);
    std::erase_if(s.changes.changed, isGone);
    s.marks.forgetTasks(isGone);
}

void Forgetter::sweepOthers()
{
    s.waits.remove([this](const WaitSet &wait) {
        return wait.ended ? *wait.ended <= s.knownSince : !s.tasks.find(wait.task);
    });
    s.futures.remove([this](const Future &future) {
        const bool isDoomed = future.resolved && *future.resolved <= s.knownSince && future.awaiting.empty();
        if (isDoomed)
            s.textBytes -= s.textBytesOf(future);
        return isDoomed;
    });
}

/// Those in front: threads bring them coarsely interleaved.
void Forgetter::sweepLines()
{
    const auto kept = std::find_if(s.printed.begin(), s.printed.end(),
                                   [this](const PrintedLine &line) { return line.time >= s.knownSince; });
    for (auto line = s.printed.begin(); line != kept; ++line)
        s.textBytes -= s.bytesOf(line->text);
    s.forgottenLines += std::uint64_t(kept - s.printed.begin());
    s.printed.erase(s.printed.begin(), kept);
}

void Forgetter::countEvents()
{
    while (!m_checkpoints.empty() && m_checkpoints.front().now <= s.knownSince) {
        m_forgottenEvents = std::max(m_forgottenEvents, m_checkpoints.front().events);
        m_checkpoints.pop_front();
    }
}

} // namespace coroscope::model
