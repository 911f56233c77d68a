// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/eventtarget.h"
#include "core/model/retention.h"
#include "core/model/slice.h"
#include "core/model/statistics.h"
#include "core/model/task.h"

#include <QObject>

#include <memory>
#include <span>

namespace coroscope::model {

/// What one commit() brought.
struct ChangeSet
{
    std::vector<TaskId> created; ///< in order; they are not in `changed`
    std::vector<TaskId> changed; ///< each once
    std::vector<FutureId> futures;
    std::vector<WaitId> waits;
    /// Ended tasks that went beyond what is kept: the store knows them no more. With them, or without,
    /// slices, futures, waits, lines and marks from before TraceStore::knownSince() went if it was `trimmed`.
    std::vector<TaskId> forgotten;
    bool trimmed = false;
    bool printed = false;
    bool cleared = false; ///< everything is to be read anew
    bool renumbered =
        false; ///< slices have other indices than before: one lane had four billion; `cleared`, too
};

/// What runs on a thread, the outermost first.
struct RunningStack
{
    ThreadId thread;
    std::vector<TaskId> tasks;
};

/// Counts since the session's start, and rates for the status bar.
struct StoreFigures
{
    std::uint64_t events = 0;
    std::uint64_t lost = 0; ///< dropped by overloaded rings, counted to the event
    std::uint64_t lostTexts = 0;
    std::uint64_t breaches = 0; ///< illegal transitions met
    double eventsPerSecond = 0; ///< over about the last second
    std::uint64_t memoryBytes = 0; ///< of the store, estimated from its columns' capacity
    std::uint64_t forgottenEvents = 0; ///< of `events`, about: those before TraceStore::knownSince()
    std::uint64_t forgottenTasks = 0;
    std::array<std::uint32_t, 8> tasksByState {}; ///< of what countsAsTask(); by TaskState
};

/// Holds a session: tasks, slices, futures, waits, printed lines. Knows the legal moves of a task.
///
/// One thread appends and reads (in the application: the window's). Appending costs amortized O(1),
/// forgetting included; queries of a lane cost O(spans returned · log slices), however many slices the lane
/// has.
///
/// What goes beyond setRetention() is forgotten, the oldest first: ended tasks with all that is theirs, and
/// of living ones the slices. Counts (polls, busy time, …) are of a task's whole life all the same. A slice
/// keeps its index. From knownSince() on all is there as if nothing had been forgotten, but that a task whose
/// creator was forgotten is a root.
class TraceStore final : public QObject, public EventTarget
{
    Q_OBJECT
public:
    explicit TraceStore(QObject *parent = nullptr);
    ~TraceStore() override;

    // --- writing -------------------------------------------------------------------------------------
    LocationId addLocation(Location location) override;
    StringId addString(QString text) override;
    void append(const TraceEvent &event) override;
    /// From here "unknown" is not "illegal".
    void appendLost(ThreadId thread, Time time, std::uint64_t count) override;
    void appendLostTexts(std::uint64_t count) override;
    /// Emits changed() if anything was appended.
    void commit(Time now) override;
    void clear();
    /// Forgets ended root tasks with their slices, futures, waits and lines ("clear finished"). A task
    /// below one that still lives in their tree becomes a root and stays, as does all that it created. Kept
    /// too: members of a wait that isn't over.
    void removeEnded();

    /// Takes effect with the next commit. At first all is kept.
    void setRetention(const Retention &retention);
    const Retention &retention() const;

    /// A slice longer than this blocks its loop; counts for slices that end from now on. Default 50 ms.
    void setBlockThreshold(Time threshold);
    Time blockThreshold() const;

    // --- reading -------------------------------------------------------------------------------------
    Time now() const; ///< of the last commit
    Time firstTime() const;
    /// Everything that was forgotten was before it; firstTime() if nothing was.
    Time knownSince() const;
    StoreFigures figures() const;
    quint64 revision() const; ///< grows with each commit that changed something

    const Task *task(TaskId id) const; ///< valid until the next append, commit, removeEnded or clear
    std::span<const TaskId> tasks() const; ///< all lanes in order of creation; loops and workers too
    /// How many tasks were created before it, the forgotten ones included.
    std::uint64_t serialOf(TaskId id) const;
    /// Of tasks() those from such a number on.
    std::span<const TaskId> tasksFrom(std::uint64_t serial) const;
    std::span<const TaskId> roots() const; ///< those without a (still known) parent
    const Location &location(LocationId id) const;
    const QString &string(StringId id) const;
    /// One for each thread that was heard of. Loops aren't in it.
    std::vector<RunningStack> stacks() const;
    std::uint64_t createdTasks() const; ///< in all
    QString threadName(ThreadId id) const; ///< as set, else "thread 2"

    const Future *future(FutureId id) const;
    std::span<const FutureId> futures() const;
    const WaitSet *wait(WaitId id) const;
    std::span<const WaitId> waits() const;
    /// The two sets of all that counts as a task (see countsAsTask()), in order of creation.
    Membership membership() const;
    /// Of the members of one wait: as they stood when it ended, or as they stand.
    Membership membership(WaitId id) const;
    std::span<const PrintedLine> printed() const;
    std::uint64_t forgottenLines() const; ///< how many there were before printed()
    std::span<const Mark> marks() const; ///< ordered by begin

    /// How many there were in all; those before firstSlice() are forgotten.
    std::uint32_t sliceCount(TaskId id) const;
    std::uint32_t firstSlice(TaskId id) const;
    /// From when on the lane's slices are known: its creation where none was forgotten.
    Time knownSince(TaskId id) const;
    /// Any known slice of the lane, or what LaneSpan::beforeFirst stands for. An open one ends at now().
    Slice slice(TaskId id, std::uint32_t index) const;
    /// The slice that runs at `time`, else the last one before it. Empty lane or before the first that is
    /// known: nothing.
    std::optional<std::uint32_t> sliceAt(TaskId id, Time time) const;
    /// What to draw of a lane in [from, to) when a pixel is `resolution` wide. Appended to `out`: at most
    /// about three spans a pixel, each with its whole length (not cut at `from` or `to`), except that what
    /// still goes on ends at `to` (the caller cuts it at its own "now").
    /// Works for tasks, workers and loops (whose slices are the times awake); idle times of loops and
    /// workers have no span.
    void spans(TaskId id, Time from, Time to, Time resolution, std::vector<LaneSpan> &out) const;
    /// Running time of a lane (nested slices included) inside [from, to), since knownSince(id) and before
    /// now(): O(log slices).
    Time busyIn(TaskId id, Time from, Time to) const;
    /// Share of each of `buckets` equal parts of [from, to) in which coroutines ran, of the busiest thread:
    /// the minimap, of what was forgotten too. 0…1 each. Exact to 1/8,000 of the session's length at a part's
    /// ends.
    std::vector<float> utilization(Time from, Time to, int buckets) const;
    /// Lengths of a lane's closed slices, as far as they are known or were when it was asked first. The lane
    /// asked for last is cheap to ask for again.
    SliceStatistics sliceStatistics(TaskId id) const;

    /// From `id` down to the leaf: each task awaits the next. Starts with `id`; ends where nobody is awaited.
    std::vector<TaskId> awaitChain(TaskId id) const;
    /// Tasks suspended on `id` (awaiting or joining it, or waiting for a set that holds it).
    std::vector<TaskId> awaiters(TaskId id) const;
    /// True if following the await chain comes back to `id`.
    bool awaitsItself(TaskId id) const;

    /// A wait in words, untranslated nouns first: "timer 2 s", "reply http://…", "future answer", "HGETALL".
    QString describe(const Wait &wait) const;
    /// A cause in words: "timer", "future answer", "task GET a.bin", "cancelled by you".
    QString describe(trace::Cause cause, std::uint64_t causer) const;

signals:
    void changed(const coroscope::model::ChangeSet &changes);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace coroscope::model
