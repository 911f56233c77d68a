// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/chunkedvector.h"
#include "core/model/slice.h"

#include <array>
#include <memory>

namespace coroscope::model {

/// The slices of one lane, 32 bytes each, in order of begin; they don't overlap. The oldest can be forgotten;
/// the others keep their indices.
///
/// How it works: what a search needs (begin, running time before it) stands apart from what only a tooltip
/// needs. An end is not stored: it is the begin plus the difference of two running sums, which also makes
/// the running time of any stretch two searches. What doesn't fit the narrow fields (a wait of more than
/// four seconds, the 256th thread) goes into sparse side tables, so nothing is rounded.
///
/// Levels of detail: of every 16th slice, every 256th and every 4096th the begin and the running sum stand
/// apart, noted as the slice begins. From two such edges follows all that is drawn of what lies between, and
/// those of one level stand side by side: a picture reads some bytes a pixel, however many slices there are.
class SliceColumn
{
public:
    using Index = std::uint32_t;

    Index size() const noexcept { return Index(m_times.size()); } ///< the forgotten ones included
    /// The first that isn't forgotten. What is said of earlier ones is nothing.
    Index first() const noexcept { return Index(m_times.first()); }
    bool empty() const noexcept { return m_times.empty(); }
    /// The last slice still runs.
    bool isOpen() const noexcept { return m_open; }

    // --- writing: times must not go back ---
    void begin(Time time, trace::Cause cause, std::uint32_t causer, ThreadId thread);
    /// Closes the open slice and says what follows it.
    void end(Time time, trace::WaitKind kind = trace::WaitKind::None, std::uint64_t detail = 0,
             LocationId site = {});
    /// The wait after the last slice is over, the lane runs again soon. The first call counts.
    void setReady(Time time);
    void setLabel(StringId label);
    /// Marks a slice as one that blocked its loop; in order of index, twice is harmless.
    void setBlocking(Index index);
    void clearBlocking(Index from);
    /// Forgets slices before `end` that a chunk's memory comes free with; never the last one.
    void forgetBefore(Index end);
    /// Lowers all indices by what forgotten slices took of them; returns by how much.
    Index renumber();

    // --- reading ---
    Time beginOf(Index i) const noexcept { return m_times[i].begin; }
    /// Of an open slice: its begin.
    Time endOf(Index i) const noexcept { return m_times[i].begin + lengthOf(i); }
    Time lengthOf(Index i) const noexcept { return runningBefore(i + 1) - m_times[i].before; }
    /// Sum of the lengths of all closed slices before `i`, the forgotten ones too; `i` may be size().
    Time runningBefore(Index i) const noexcept { return i < m_times.size() ? m_times[i].before : m_running; }
    /// Running time in [from, to) as far as it isn't forgotten, an open slice counted up to `now`.
    Time runningIn(Time from, Time to, Time now) const;

    trace::WaitKind waitKindOf(Index i) const;
    std::optional<Time> readyOf(Index i) const;
    bool isBlocking(Index first, Index end) const; ///< any of [first, end)
    Slice at(Index i) const; ///< an open slice ends at its begin

    /// First slice at or after `start` that begins at or after `time`; size() if there is none.
    /// Cheap when the answer is near `start`: O(log distance).
    Index firstFrom(Time time, Index start = 0) const;
    /// A hint that slices around `i` will be asked for soon.
    void prefetch(Index i) const noexcept
    {
        if (i < m_times.size() && i >= m_times.first())
            __builtin_prefetch(&m_times[i]);
    }
    /// Last slice that begins at or before `time`, unless that is forgotten.
    std::optional<Index> lastUpTo(Time time) const;

    // --- levels of detail ---
    struct Edge
    {
        Time begin; ///< of the slice
        Time before; ///< runningBefore() it
    };
    static constexpr std::array<Index, 3> strides {16, 256, 4096};
    /// The first index from `start` on that is a multiple of the level's stride and whose slice begins at or
    /// after `time`, if there is one.
    std::optional<Index> edgeFrom(Time time, Index start, std::size_t level) const noexcept;
    /// `i` is a multiple of the stride, not before first().
    const Edge &edge(Index i, std::size_t level) const noexcept { return edges(level)[i / strides[level]]; }
    /// The level at which a stretch of so many slices has several edges; none if it is too short.
    std::optional<std::size_t> levelFor(Index slices) const noexcept;

    std::size_t capacityBytes() const;
    bool isFull() const noexcept { return m_times.isFull(); }

private:
    struct Times
    {
        Time begin;
        Time before;
    };
    /// 4 bits of cause, 4 of wait kind, 8 of thread, 16 of site.
    struct Details
    {
        std::uint32_t causer;
        std::uint32_t wait;
        std::uint32_t readyAfter; ///< ns from the slice's end, plus one
        std::uint32_t packed;
    };
    struct Unpacked
    {
        trace::Cause cause;
        trace::WaitKind kind;
        ThreadId thread;
        LocationId site;
    };
    struct Sparse; // what only few slices have

    static std::optional<std::uint32_t> pack(const Unpacked &u);
    Unpacked unpack(Index i) const;
    void store(Index i, const Unpacked &u);
    Sparse &sparse();
    Time runningUpTo(Time time) const;

    static constexpr Index block = strides[0];
    using Edges = ChunkedVector<Edge, 1>;
    using UpperEdges = std::array<Edges, strides.size() - 1>; // most lanes are too short for these
    const Edges &edges(std::size_t level) const noexcept
    {
        return level == 0 ? m_edges : (*m_upperEdges)[level - 1];
    }
    void noteEdges(const Edge &edge);

    ChunkedVector<Times> m_times;
    Edges m_edges; ///< of each block: what a search looks at first
    std::unique_ptr<UpperEdges> m_upperEdges;
    ChunkedVector<Details> m_details;
    Time m_running {};
    bool m_open = false;
    struct DropSparse
    {
        void operator()(Sparse *s) const;
    };
    std::unique_ptr<Sparse, DropSparse> m_sparse;
};

} // namespace coroscope::model
