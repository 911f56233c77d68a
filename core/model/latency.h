// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slicereader.h"
#include "core/model/slicesweep.h"

#include <QStringList>

#include <array>
#include <map>

namespace coroscope::model {

/// How long the tasks of a session run at a stretch, wait, and wait for their loop; for all of them and by
/// category. A slice or wait counts once it is over; in a stretch of the session, with all its length, if it
/// was over within it. Loops and workers don't count.
class Latency : private SliceSink
{
public:
    enum class Kind : std::uint8_t {
        Slice, ///< from resumption to suspension
        Waiting, ///< from suspension until it was woken; not for a coroutine that the task called itself
        Scheduling, ///< from being woken to the resumption, where both are known
    };
    static constexpr std::size_t kinds = 3;

    /// One slice, or the wait after it.
    struct Example
    {
        TaskId task;
        std::uint32_t slice = 0;
        Time length {};
    };

    Latency() = default;
    explicit Latency(const Stretch &stretch)
        : m_sweep(stretch)
    { }

    /// Of a stretch: it ends later. The next reading takes what is new.
    void extendTo(Time to)
    {
        if (m_sweep)
            m_sweep->extendTo(to);
    }
    /// Goes on reading for about `budget` slices or tasks. True: nothing was left out.
    /// After the store's clear() or removeEnded(): begin with a new one.
    bool read(const TraceStore &store, std::uint32_t budget);

    /// Those that were met, sorted. Of more than mostCategories the later ones count in all tasks alone.
    QStringList categories() const;
    static constexpr std::size_t mostCategories = 32;

    /// Of one category, or of all tasks.
    const LengthHistogram &histogram(Kind kind, const std::optional<QString> &category = {}) const;
    /// One that is as long as `share` of all are at most, to 1/64.
    std::optional<Example> example(Kind kind, double share,
                                   const std::optional<QString> &category = {}) const;

private:
    struct Lengths
    {
        LengthHistogram histogram;
        std::vector<Example> examples; ///< the longest of each of the histogram's cells
        void add(const Example &example);
    };
    using Group = std::array<Lengths, kinds>;

    void slice(const Task &task, std::uint32_t index, const Slice &slice) override;
    void wait(const Task &task, std::uint32_t index, const Slice &slice, const PastWait &past) override;
    void pending(const Task &, std::uint32_t, const Slice &, Time) override { }
    void add(const Task &task, Kind kind, std::uint32_t slice, Time length);
    const Lengths &lengths(Kind kind, const std::optional<QString> &category) const;

    SliceReader m_reader;
    std::optional<SliceSweep> m_sweep; ///< of a stretch, instead
    const TraceStore *m_store = nullptr; ///< while it reads
    Group m_all;
    std::map<QString, Group> m_byCategory;
};

} // namespace coroscope::model
