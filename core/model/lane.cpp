// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/lane.h"

namespace coroscope::model {

namespace {
using What = LaneSpan::What;
using Index = SliceColumn::Index;

Time alignedDown(Time time, Time step)
{
    auto n = time.count() / step.count();
    if (time.count() < 0 && n * step.count() != time.count())
        --n;
    return step * n;
}

/// Level of detail: time is cut into steps of the resolution, on a fixed grid so that panning doesn't make
/// the picture shimmer. All short slices that begin in one step become one span, found by a gallop to the
/// step's end; what is longer than a step is drawn as it is. Where a step holds many slices, it is made of
/// the column's levels of detail instead.
class SpanBuilder
{
public:
    SpanBuilder(const Lane &lane, Time from, Time to, Time resolution, std::vector<LaneSpan> &out)
        : m_lane(lane)
        , m_slices(lane.slices)
        , m_step(std::max(resolution, Time {1}))
        , m_from(alignedDown(from, m_step))
        , m_to(to)
        , m_grid(m_from)
        , m_out(out)
    { }

    void build()
    {
        Index i = 0;
        if (const auto first = m_slices.lastUpTo(m_from)) {
            i = *first;
            if (endOf(i) <= m_from)
                addGap(i++);
        } else if (m_slices.first() > 0) {
            i = m_slices.first();
            addForgotten();
        } else {
            addBeforeFirst();
        }
        chooseLevel(i);
        while (i < m_slices.size() && edgeAt(i).begin < m_to)
            i = addSlices(i);
    }

private:
    using Edge = SliceColumn::Edge;

    /// By how many slices there are to a step, on the whole.
    void chooseLevel(Index first)
    {
        const auto last = m_slices.lastUpTo(m_to);
        if (!last || *last <= first)
            return;
        const auto steps = (m_slices.beginOf(*last) - m_slices.beginOf(first)) / m_step + 1;
        m_level = m_slices.levelFor(Index((*last - first) / steps));
    }
    Edge edgeAt(Index i) const
    {
        return m_at == i ? m_edge : Edge {m_slices.beginOf(i), m_slices.runningBefore(i)};
    }

    /// As addSlices(), but ends at an edge of the level, soon after the step's end; no slice is looked at.
    /// None where slices are so few, or so long, that this would be seen.
    std::optional<Index> addStretch(Index i)
    {
        const Edge begin = edgeAt(i);
        const Time line = gridAfter(begin.begin);
        const auto end = m_slices.edgeFrom(line, i + 1, *m_level);
        const Index stride = SliceColumn::strides[*m_level];
        if (!end || *end < i + 2 * stride)
            return {};
        const Edge next = m_slices.edge(*end, *m_level);
        // What the line lies in is short: so is every slice and every gap in it.
        if (next.begin - m_slices.edge(*end - stride, *m_level).begin >= m_step / 2)
            return {};
        LaneSpan span;
        span.what = What::Mixed;
        span.blocking = m_slices.isBlocking(i, *end);
        span.begin = begin.begin;
        span.end = next.begin;
        span.busy = next.before - begin.before;
        span.count = *end - i;
        span.slice = i;
        m_out.push_back(span);
        m_at = *end;
        m_edge = next;
        return end;
    }

    bool isOpen(Index i) const { return m_slices.isOpen() && i + 1 == m_slices.size(); }
    bool isLong(Index i) const { return isOpen(i) || m_slices.lengthOf(i) >= m_step; }
    Time endOf(Index i) const { return isOpen(i) ? std::max(m_to, m_slices.beginOf(i)) : m_slices.endOf(i); }

    /// The first line of the grid after `time`, which never goes back. Mostly the next one: no division.
    Time gridAfter(Time time)
    {
        if (m_grid <= time && (m_grid += m_step) <= time)
            m_grid = alignedDown(time, m_step) + m_step;
        return m_grid;
    }

    /// Adds what begins with slice `i`; returns the first slice that isn't covered yet.
    Index addSlices(Index i)
    {
        if (m_level) {
            if (const auto end = addStretch(i))
                return *end;
        }
        const Time begin = m_slices.beginOf(i);
        if (isLong(i)) {
            addRunning(i);
            addGap(i);
            return i + 1;
        }
        Index end = m_slices.firstFrom(gridAfter(begin), i);
        const Index ahead = end + 3 * (end - i);
        m_slices.prefetch(ahead);
        m_slices.prefetch(ahead + 4);
        if (end - i > 1 && isLong(end - 1))
            --end;
        const bool hasNext = end < m_slices.size();
        const Time until = m_slices.endOf(end - 1);
        if (hasNext && m_slices.beginOf(end) - until < m_step) {
            addMixed(i, end, m_slices.beginOf(end)); // a gap too short to be seen belongs to it
            return end;
        }
        if (end - i == 1)
            addRunning(i);
        else
            addMixed(i, end, until);
        addGap(end - 1);
        return end;
    }

    void addRunning(Index i)
    {
        LaneSpan span;
        span.open = isOpen(i);
        span.blocking = m_slices.isBlocking(i, i + 1);
        span.begin = m_slices.beginOf(i);
        span.end = endOf(i);
        span.busy = span.end - span.begin;
        span.slice = i;
        m_out.push_back(span);
    }

    void addMixed(Index first, Index end, Time until)
    {
        LaneSpan span;
        span.what = What::Mixed;
        span.blocking = m_slices.isBlocking(first, end);
        span.begin = m_slices.beginOf(first);
        span.end = until;
        span.busy = m_slices.runningBefore(end) - m_slices.runningBefore(first);
        span.count = end - first;
        span.slice = first;
        m_out.push_back(span);
    }

    void addGap(Index i)
    {
        if (isOpen(i))
            return;
        const auto kind = m_slices.waitKindOf(i);
        if (kind == trace::WaitKind::None || kind == trace::WaitKind::Idle)
            return;
        addWait(i, m_slices.endOf(i), m_slices.readyOf(i), i + 1);
    }

    void addForgotten()
    {
        if (m_lane.created >= std::min(m_to, m_lane.knownSince()))
            return;
        addWaitSpan(What::Forgotten, LaneSpan::beforeFirst, m_lane.created, m_lane.knownSince(), false);
    }

    void addBeforeFirst()
    {
        if (m_lane.firstWait)
            addWait(LaneSpan::beforeFirst, m_lane.firstWait->since, m_lane.firstReady, 0);
        else if (m_lane.firstReady)
            addWait(LaneSpan::beforeFirst, *m_lane.firstReady, m_lane.firstReady, 0);
    }

    /// Waiting, then ready, from `begin` to the slice `next` (or the lane's end, or on and on).
    void addWait(Index slice, Time begin, std::optional<Time> ready, Index next)
    {
        const bool open = next >= m_slices.size() && !m_lane.ended;
        const Time end = open                     ? std::max({m_to, begin, ready.value_or(begin)})
                         : next < m_slices.size() ? m_slices.beginOf(next)
                                                  : *m_lane.ended;
        if (begin >= m_to || end <= m_from || end <= begin)
            return;
        Time turn = ready ? std::clamp(*ready, begin, end) : end;
        if (end - begin < m_step) // too short for two
            turn = end - turn > turn - begin ? begin : end;
        if (turn > begin && turn > m_from)
            addWaitSpan(What::Waiting, slice, begin, turn, open && turn == end);
        if (end > turn && turn < m_to)
            addWaitSpan(What::Ready, slice, turn, end, open);
    }

    void addWaitSpan(What what, Index slice, Time begin, Time end, bool open)
    {
        LaneSpan span;
        span.what = what;
        span.open = open;
        span.begin = begin;
        span.end = end;
        span.slice = slice;
        m_out.push_back(span);
    }

    const Lane &m_lane;
    const SliceColumn &m_slices;
    const Time m_step;
    const Time m_from;
    const Time m_to;
    Time m_grid;
    std::optional<std::size_t> m_level;
    std::optional<Index> m_at; ///< where m_edge is known to be
    Edge m_edge {};
    std::vector<LaneSpan> &m_out;
};
} // namespace

Slice Lane::at(std::uint32_t index) const
{
    if (index < slices.size() && index >= slices.first())
        return slices.at(index);
    Slice before;
    before.begin = before.end = index < slices.first() ? knownSince() : created;
    if (index == LaneSpan::beforeFirst) {
        before.wait = firstWait.value_or(Wait {});
        before.ready = firstReady;
    }
    return before;
}

void Lane::spans(Time from, Time to, Time resolution, std::vector<LaneSpan> &out) const
{
    if (from < to)
        SpanBuilder(*this, from, to, resolution, out).build();
}

} // namespace coroscope::model
