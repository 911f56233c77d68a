// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/flamegraph.h"

#include "core/model/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::model {

using trace::EntityKind;
using trace::WaitKind;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("coroscope::model", text); }

QString functionOf(const TraceStore &store, const Task &task)
{
    if (task.entity == EntityKind::Worker || !task.location)
        return task.name;
    const QString function = words::functionName(store.location(task.location).function);
    return function.isEmpty() ? task.name : function;
}

QString othersOf(WaitKind kind)
{
    switch (kind) {
    case WaitKind::Sleep:
        return tr("other timers");
    case WaitKind::Future:
        return tr("other futures");
    case WaitKind::Task:
    case WaitKind::Join:
    case WaitKind::Wait:
    case WaitKind::Call:
        return tr("other tasks");
    case WaitKind::Reply:
        return tr("other replies");
    case WaitKind::Socket:
        return tr("other sockets");
    case WaitKind::Command:
        return tr("other commands");
    case WaitKind::Job:
        return tr("other jobs");
    case WaitKind::Signal:
        return tr("other signals");
    case WaitKind::Lock:
        return tr("other locks");
    default:
        return tr("other waits");
    }
}

} // namespace

FlameGraph::FlameGraph(TaskId root)
    : m_root(root)
    , m_reader(root)
    , m_frames(1)
    , m_open(1)
{ }

FlameGraph::FlameGraph(TaskId root, const Stretch &stretch)
    : FlameGraph(root)
{
    m_sweep.emplace(stretch, root);
}

void FlameGraph::extendTo(Time to)
{
    if (m_sweep)
        m_sweep->extendTo(to);
}

bool FlameGraph::read(const TraceStore &store, std::uint32_t budget)
{
    m_store = &store;
    const bool isDone = m_sweep ? m_sweep->read(store, *this, budget) : m_reader.read(store, *this, budget);
    m_store = nullptr;
    if (!isDone)
        return false;
    if (m_isMoved) {
        *this = m_sweep ? FlameGraph(m_root, m_sweep->stretch()) : FlameGraph(m_root);
        return false;
    }
    for (Index i = 0; i < m_frames.size(); ++i)
        m_frames[i].open = std::exchange(m_open[i], {});
    return true;
}

std::vector<Time> FlameGraph::totals(Weight weight) const
{
    std::vector<Time> totals(m_frames.size());
    for (Index i = Index(m_frames.size()); i-- > 0;) {
        const Frame &frame = m_frames[i];
        totals[i] += frame.self[std::size_t(weight)] + frame.open[std::size_t(weight)];
        if (i > 0)
            totals[frame.parent] += totals[i];
    }
    return totals;
}

FlameGraph::Index FlameGraph::add(Index parent, const QString &name, bool isReason)
{
    auto &known = isReason ? m_reasonNames : m_functions;
    const auto key = std::pair(parent, name);
    if (const auto found = known.constFind(key); found != known.constEnd())
        return *found;
    const std::uint32_t depth = m_frames[parent].depth + 1;
    if (depth > mostDepth + (isReason ? 1 : 0) || m_frames.size() >= mostFrames)
        return parent;
    Frame frame;
    frame.parent = parent;
    frame.name = name;
    frame.isReason = isReason;
    frame.depth = depth;
    const auto index = Index(m_frames.size());
    m_frames.push_back(frame);
    m_open.emplace_back();
    known.insert(key, index);
    return index;
}

/// The frames of those that created it come first. Not by recursion: chains may be long. Not for a loop.
FlameGraph::Known &FlameGraph::know(const Task &task)
{
    std::vector<const Task *> path;
    Index frame = 0;
    for (const Task *t = &task; t && t->entity != EntityKind::Loop;) {
        if (Known *known = m_known.find(t->id)) {
            frame = known->frame;
            if (t == &task)
                return *known;
            break;
        }
        path.push_back(t);
        t = t->id == m_root ? nullptr : m_store->task(t->parent);
    }
    for (auto it = path.rbegin(); it != path.rend(); ++it) {
        const Task &t = **it;
        frame = add(frame, functionOf(*m_store, t), false);
        Frame &entry = m_frames[frame];
        const std::uint64_t serial = m_store->serialOf(t.id);
        if (entry.tasks++ == 0) {
            entry.category = t.category;
            entry.location = t.location;
            entry.firstTask = serial;
        }
        entry.firstTask = std::min(entry.firstTask, serial);
        Known *known = m_free.empty() ? &m_knownOnes.emplace_back() : m_free.back();
        if (!m_free.empty())
            m_free.pop_back();
        *known = {frame, t.location, {}};
        m_known.insert(t.id, known);
    }
    return *m_known.find(task.id);
}

void FlameGraph::forget(std::span<const TaskId> tasks)
{
    for (const TaskId id : tasks) {
        if (Known *known = m_known.find(id)) {
            m_free.push_back(known);
            m_known.forget(id);
        }
    }
}

void FlameGraph::task(const Task &task)
{
    if (task.entity == EntityKind::Loop || task.busy == Time {})
        return;
    Known &known = know(task);
    m_isMoved |= known.location != task.location;
    m_frames[known.frame].self[std::size_t(Weight::Busy)] += task.busy - std::exchange(known.busy, task.busy);
}

FlameGraph::Index FlameGraph::frameRunBy(const Task &task)
{
    const Known &known = know(task);
    m_isMoved |= known.location != task.location;
    return known.frame;
}

void FlameGraph::ran(const Task &task, Time time)
{
    if (time > Time {})
        m_frames[frameRunBy(task)].self[std::size_t(Weight::Busy)] += time;
}

void FlameGraph::running(const Task &task, Time time)
{
    if (time > Time {})
        m_open[frameRunBy(task)][std::size_t(Weight::Busy)] += time;
}

FlameGraph::Index FlameGraph::reasonFrame(const Task &task, const Wait &wait)
{
    const Index frame = frameOf(task);
    Reasons &reasons = m_reasons[frame];
    const auto key = std::pair(std::uint16_t(wait.kind), wait.detail);
    if (const auto found = reasons.byDetail.constFind(key); found != reasons.byDetail.constEnd())
        return *found;
    Index reason = 0;
    if (reasons.count < mostReasons) {
        const auto before = m_frames.size();
        reason = add(frame, m_store->describe(wait).simplified(), true);
        if (m_frames.size() > before) {
            ++reasons.count;
            m_frames[reason].category = task.category;
        }
    } else {
        reason = add(frame, othersOf(wait.kind), true);
        m_frames[reason].category = task.category;
    }
    // Details may be many of one name: each wait() has its own.
    if (reasons.byDetail.size() < 8 * int(mostReasons))
        reasons.byDetail.insert(key, reason);
    return reason;
}

FlameGraph::Index FlameGraph::readyFrame(const Task &task)
{
    const Index frame = add(frameOf(task), tr("ready, loop busy"), true);
    m_frames[frame].category = task.category;
    return frame;
}

Time FlameGraph::shareOf(Time begin, Time end) const
{
    return m_sweep ? m_sweep->stretch().shareOf(begin, end) : std::max(Time {}, end - begin);
}

void FlameGraph::wait(const Task &task, std::uint32_t, const Slice &slice, const PastWait &past)
{
    constexpr auto waiting = std::size_t(Weight::Waiting);
    if (task.entity == EntityKind::Loop)
        return;
    const Time waited = shareOf(past.begin, past.ready);
    const Time ready = shareOf(past.ready, past.resumed);
    if (waited > Time {} && isLeafWait(*m_store, task, slice.wait))
        m_frames[reasonFrame(task, slice.wait)].self[waiting] += waited;
    if (ready > Time {} && slice.wait.kind != WaitKind::Idle)
        m_frames[readyFrame(task)].self[waiting] += ready;
}

void FlameGraph::pending(const Task &task, std::uint32_t, const Slice &slice, Time until)
{
    constexpr auto waiting = std::size_t(Weight::Waiting);
    if (task.entity == EntityKind::Loop)
        return;
    const Time woken = std::clamp(slice.ready.value_or(until), slice.end, std::max(slice.end, until));
    const Time waited = shareOf(slice.end, woken);
    const Time ready = shareOf(woken, until);
    if (waited > Time {} && isLeafWait(*m_store, task, slice.wait))
        m_open[reasonFrame(task, slice.wait)][waiting] += waited;
    if (ready > Time {} && slice.wait.kind != WaitKind::Idle)
        m_open[readyFrame(task)][waiting] += ready;
}

} // namespace coroscope::model
