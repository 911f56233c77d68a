// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/agequeue.h"
#include "core/model/futuretable.h"
#include "core/model/marklist.h"
#include "core/model/tasktable.h"
#include "core/model/textpool.h"
#include "core/model/threadtrack.h"
#include "core/model/tracestore.h"
#include "core/model/waittable.h"

namespace coroscope::model {

/// Everything a TraceStore holds; EventApplier changes it, the queries read it.
struct StoreState
{
    TaskTable tasks;
    FutureTable futures;
    WaitTable waits;
    MarkList marks;
    TextPool texts;
    std::vector<ThreadTrack> threads; ///< by ThreadId, from 1
    std::vector<PrintedLine> printed;

    ChangeSet changes;
    quint64 revision = 0;
    Time now {};
    std::optional<Time> first;
    Time blockThreshold = std::chrono::milliseconds(50);
    std::uint32_t losses = 1; ///< how often events were lost, plus one: 0 is before all
    StoreFigures figures;
    std::uint64_t sliceBytes = 0; ///< as counted in the tasks' records
    std::uint64_t textBytes = 0; ///< of what tasks, futures and lines hold beside what is interned

    AgeQueue ages;
    Time knownSince = Time::min(); ///< all that was forgotten is earlier
    std::uint64_t forgottenLines = 0;
    std::uint64_t createdTasks = 0;

    /// Takes over what a lane's column takes now.
    void recount(TaskRecord &record)
    {
        const std::uint64_t bytes = record.lane.slices.capacityBytes();
        sliceBytes += bytes - record.countedBytes; // may wrap around: the sum is right
        record.countedBytes = bytes;
    }
    /// A lane's slices, the forgotten ones included, before they are counted anew.
    std::uint32_t mostSlices = ~std::uint32_t(0) - (1u << 16);
    void renumber(TaskRecord &record);
    void beginSlice(TaskRecord &record, Time time, trace::Cause cause, std::uint32_t causer, ThreadId thread)
    {
        auto &slices = record.lane.slices;
        if (slices.size() >= mostSlices) [[unlikely]]
            renumber(record);
        const bool grows = slices.isFull();
        slices.begin(time, cause, causer, thread);
        if (!grows)
            return;
        recount(record);
        if (slices.size() > 1)
            ages.push({time, record.task.id.value, slices.size() - 1, AgeQueue::What::Slices});
    }
    /// Of a task beside its column and its texts: the record, its numbers in lists, what the heap adds.
    static constexpr std::uint64_t taskBytes = sizeof(TaskRecord) + 3 * sizeof(TaskId) + 4 * sizeof(void *);
    /// Estimated from the columns' capacity.
    std::uint64_t memoryBytes() const;

    static std::uint64_t bytesOf(const QString &text) { return std::uint64_t(text.size()) * sizeof(QChar); }
    void replace(QString &old, const QString &text)
    {
        textBytes += bytesOf(text) - bytesOf(old);
        old = text;
    }
    static std::uint64_t textBytesOf(const Task &task)
    {
        return bytesOf(task.name) + bytesOf(task.result) + bytesOf(task.error);
    }
    static std::uint64_t textBytesOf(const Future &future)
    {
        return bytesOf(future.name) + bytesOf(future.type) + bytesOf(future.result) + bytesOf(future.error);
    }

    bool isUnsure(const TaskRecord &record) const { return record.sureSince < losses; }
    ThreadTrack &thread(ThreadId id)
    {
        const std::size_t number = std::max(id.value, 1u);
        while (threads.size() < number) {
            const auto next = std::uint32_t(threads.size() + 1);
            threads.emplace_back().id = ThreadId {next};
        }
        return threads[number - 1];
    }
};

} // namespace coroscope::model
