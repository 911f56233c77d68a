// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportpieces.h"

namespace coroscope::io {

using model::LaneSpan;
using model::Slice;
using model::Time;
using trace::WaitKind;
using What = LanePiece::What;

LaneWalk::LaneWalk(const model::TraceStore &store, const model::Task &task)
    : m_store(store)
    , m_task(task)
    , m_count(store.sliceCount(task.id))
{
    m_index = store.firstSlice(task.id);
    const Slice before = m_index > 0 ? Slice {} : store.slice(task.id, LaneSpan::beforeFirst);
    if (before.wait.kind != WaitKind::None)
        m_gap = {before.wait.since, before.ready, LaneSpan::beforeFirst, before};
    else if (before.ready)
        m_gap = {*before.ready, before.ready, LaneSpan::beforeFirst, before};
    loadSlice();
}

std::optional<LanePiece> LaneWalk::next()
{
    while (m_gap) {
        if (auto piece = takeGap())
            return piece;
    }
    return m_slice ? takeSlice() : std::nullopt;
}

void LaneWalk::loadSlice()
{
    m_slice.reset();
    if (m_index < m_count)
        m_slice = m_store.slice(m_task.id, m_index);
}

std::optional<LanePiece> LaneWalk::takeSlice()
{
    const Slice slice = *m_slice;
    const bool isIdle = slice.wait.kind == WaitKind::None || slice.wait.kind == WaitKind::Idle;
    if (!slice.open && !isIdle)
        m_gap = {slice.end, slice.ready, m_index, slice};
    const LanePiece piece {What::Running, slice.open, slice.begin, slice.end, m_index, slice};
    ++m_index;
    loadSlice();
    return piece;
}

/// The waiting part first; what is left of the gap is then its time in the ready queue.
std::optional<LanePiece> LaneWalk::takeGap()
{
    const bool open = !m_slice && !m_task.ended;
    const Time end = m_slice        ? m_slice->begin
                     : m_task.ended ? *m_task.ended
                                    : std::max(m_gap->begin, m_store.now());
    const Gap gap = *m_gap;
    const Time turn = gap.ready ? std::clamp(*gap.ready, gap.begin, std::max(gap.begin, end)) : end;
    LanePiece piece {What::Waiting, open && !gap.ready, gap.begin, turn, gap.index, gap.slice};
    if (gap.begin < turn) {
        if (turn < end)
            m_gap->begin = turn;
        else
            m_gap.reset();
        return piece;
    }
    m_gap.reset();
    if (turn >= end)
        return {};
    piece.what = What::Ready;
    piece.open = open;
    piece.begin = turn;
    piece.end = end;
    return piece;
}

} // namespace coroscope::io
