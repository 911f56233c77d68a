// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/idtable.h"
#include "core/model/slicereader.h"
#include "core/model/slicesweep.h"

#include <QHash>

#include <array>
#include <deque>
#include <unordered_map>

namespace coroscope::model {

/// Where time went, by chain of functions: a task's function under that of the task that created or called
/// it, added up over all tasks with the same chain (after Brendan Gregg's flame graphs, with coroutines for
/// stack frames).
///
/// It is of all the session, as far as it is known, or of a stretch of it.
///
/// Each frame has two weights. *Busy*: how long its coroutines ran; of the session, in slices that ended.
/// *Waiting*: how long they were suspended, by reason: each reason is a frame of its own ("timer 2 s", a URL)
/// under the function that waits. While a function waits for a step that it called, the step's own reason
/// counts, once. Tasks wait side by side, so the sum may be longer than the session.
class FlameGraph : private SliceSink
{
public:
    enum class Weight : std::uint8_t { Busy, Waiting };
    using Index = std::uint32_t;

    struct Frame
    {
        Index parent = 0; ///< always before it; of the root: itself
        QString name; ///< a function, or a reason
        bool isReason = false;
        QString category; ///< of the task that was met first
        LocationId location; ///< of the function
        std::uint32_t depth = 0; ///< 0: the root, which stands for all
        std::uint32_t tasks = 0; ///< that ran this function in this chain
        std::uint64_t firstTask = 0; ///< the serial number of the first of those, see TraceStore::serialOf()
        std::array<Time, 2> self {}; ///< by Weight; without what goes on
        std::array<Time, 2> open {}; ///< what goes on, as of the last complete pass
    };

    /// Of all tasks, or of `root` and what it created and called.
    explicit FlameGraph(TaskId root = {});
    /// Of a stretch: the time that lies in it, with what ran or waited at its end.
    FlameGraph(TaskId root, const Stretch &stretch);

    /// Of a stretch: it ends later. The next reading takes what is new.
    void extendTo(Time to);
    /// Goes on reading for about `budget` slices or tasks. True: nothing was left out, as of store.now() or
    /// of the stretch's end. After the store's clear() or removeEnded(): begin with a new graph.
    bool read(const TraceStore &store, std::uint32_t budget);

    /// The store has forgotten these tasks: what was read of them stays in the picture.
    void forget(std::span<const TaskId> tasks);

    const std::vector<Frame> &frames() const { return m_frames; }
    /// Of each frame: its own time and that of all below it.
    std::vector<Time> totals(Weight weight) const;

    /// Deeper chains are cut: what is below counts for the frame at this depth.
    static constexpr std::uint32_t mostDepth = 128;
    /// A frame that has more different reasons than this sums up the others by kind.
    static constexpr std::uint32_t mostReasons = 48;
    static constexpr std::size_t mostFrames = 40'000;

private:
    struct Known
    {
        Index frame = 0;
        LocationId location;
        Time busy {}; ///< counted
    };
    struct Reasons
    {
        QHash<std::pair<std::uint16_t, std::uint64_t>, Index> byDetail;
        std::uint32_t count = 0;
    };

    void task(const Task &task) override;
    void slice(const Task &, std::uint32_t, const Slice &) override { }
    void wait(const Task &task, std::uint32_t index, const Slice &slice, const PastWait &past) override;
    void pending(const Task &task, std::uint32_t index, const Slice &slice, Time until) override;
    void ran(const Task &task, Time time) override;
    void running(const Task &task, Time time) override;

    Known &know(const Task &task);
    Index frameOf(const Task &task) { return know(task).frame; }
    Index frameRunBy(const Task &task);
    Time shareOf(Time begin, Time end) const;
    Index add(Index parent, const QString &name, bool isReason);
    Index reasonFrame(const Task &task, const Wait &wait);
    Index readyFrame(const Task &task);

    TaskId m_root;
    SliceReader m_reader;
    std::optional<SliceSweep> m_sweep; ///< of a stretch, instead
    const TraceStore *m_store = nullptr; ///< while it reads
    std::vector<Frame> m_frames;
    std::vector<std::array<Time, 2>> m_open; ///< of the pass under way, by frame
    QHash<std::pair<Index, QString>, Index> m_functions; ///< by parent and name
    QHash<std::pair<Index, QString>, Index> m_reasonNames;
    std::unordered_map<Index, Reasons> m_reasons;
    IdTable<TaskId, Known> m_known; ///< a map would stand still for long as it grows
    std::deque<Known> m_knownOnes;
    std::vector<Known *> m_free; ///< of those
    bool m_isMoved = false; ///< a task's function turned out to be another
};

} // namespace coroscope::model
