// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slicesink.h"
#include "core/model/stretch.h"

#include <unordered_set>
#include <vector>

namespace coroscope::model {

/// Reads the slices of a stretch of a session, each once, in order of time. Where a task stood at the
/// stretch's begin is found by binary search, so that a short stretch of a long session is quick. Its end may
/// move on: then only what is new is read.
///
/// How it works: of each task that lives in the stretch the next thing to come stands in a heap. On each
/// thread there is a stack of the slices that run, because slices nest: what one took inside another isn't
/// the other's own time. A pass ends when the heap has nothing more before the stretch's end (or the
/// session's, if that is earlier), and then tells of what goes on.
///
/// The store's clear() and removeEnded() make everything to be read anew: start with a new sweep then. What
/// retention forgets before it is read is passed over.
class SliceSweep
{
public:
    /// Tells of `root` and all that it created, or of all tasks.
    explicit SliceSweep(Stretch stretch, TaskId root = {})
        : m_stretch(stretch)
        , m_root(root)
    { }

    const Stretch &stretch() const { return m_stretch; }
    /// From the next pass on. Not to an earlier time.
    void extendTo(Time to) { m_stretch.to = std::max(m_stretch.to, to); }

    /// Goes on with the pass for about `budget` slices or tasks. True: it is done, and the next call begins
    /// the next one.
    bool read(const TraceStore &store, SliceSink &sink, std::uint32_t budget);

private:
    /// Of a task: what comes next of it, a slice or, after the last one, its end.
    struct Cursor
    {
        Time time; ///< the begin of slice `next`, or the end of the task
        Time end; ///< of slice `next`, as far as it is known
        std::uint64_t serial;
        TaskId id;
        std::uint32_t next;
        bool isTold; ///< else it is there for what it takes of others
        bool hasWait; ///< the wait after the slice before `next` counts
    };
    /// What is on top is to come last.
    struct IsLater
    {
        bool operator()(const Cursor &a, const Cursor &b) const
        {
            if (a.time != b.time)
                return a.time > b.time;
            return a.end != b.end ? a.end < b.end : a.serial > b.serial; // the outer slice is first
        }
    };
    struct Running
    {
        TaskId id;
        std::uint32_t index;
        bool isTold;
        Slice slice;
        Time nested {}; ///< by slices inside it that ended, within the stretch
    };
    enum class Phase { Begin, Awake, Sweep, Tell };
    struct Pass
    {
        const TraceStore &store;
        SliceSink &sink;
        std::uint32_t budget;
    };

    const Task *nextToMeet(const TraceStore &store);
    bool meetNext(Pass &pass);
    void meet(const TraceStore &store, const Task &task);
    bool isInside(const Task &task);
    void place(const TraceStore &store, Cursor cursor);
    bool wakeIdle(Pass &pass);
    bool sweep(Pass &pass);
    bool tell(Pass &pass);
    void come(Pass &pass, Cursor cursor);
    void push(Pass &pass, const Cursor &cursor, const Slice &slice);
    void endWait(Pass &pass, const Cursor &cursor, const Task &task);
    void leaveUntil(Pass &pass, std::vector<Running> &stack, Time time);
    void tellRunning(Pass &pass);
    void tellPending(Pass &pass, const Cursor &cursor);

    Stretch m_stretch;
    TaskId m_root;
    std::unordered_set<TaskId> m_inside; ///< of the root's tree
    std::uint64_t m_listed = 0; ///< tasks of an earlier serial number stand in m_toMeet, or did
    std::vector<TaskId> m_toMeet;
    std::size_t m_met = 0; ///< of those
    std::vector<Cursor> m_heap;
    std::vector<Cursor> m_idle; ///< those that nothing more is known of
    std::vector<std::vector<Running>> m_stacks; ///< by thread
    std::uint64_t m_revision = ~std::uint64_t(0); ///< of the store, when the idle ones were looked at

    // Of the pass under way.
    Phase m_phase = Phase::Begin;
    Time m_until {};
    std::size_t m_at = 0;
    std::size_t m_kept = 0;
};

} // namespace coroscope::model
