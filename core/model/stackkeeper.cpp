// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/stackkeeper.h"

#include <algorithm>

namespace coroscope::model {

void StackKeeper::push(ThreadTrack &thread, TaskRecord &record, Time time, trace::Cause cause,
                       std::uint32_t causer)
{
    thread.stack.push_back({.record = &record, .begin = time, .innerEnd = time});
    s.beginSlice(record, time, cause, causer, thread.id);
    record.running = true;
    record.task.thread = thread.id;
    ++record.task.polls;
    const bool isFromOutside = cause != trace::Cause::Start && cause != trace::Cause::Task;
    if (TaskRecord *row = record.stepOf && isFromOutside ? s.tasks.find(record.stepOf) : nullptr)
        ++row->task.stepsPolls;
}

void StackKeeper::pop(ThreadTrack &thread, Time time, const Wait &wait)
{
    const bool isWorkers = thread.isWorkers();
    const auto coroutinesSince = thread.coroutinesSince();
    const Frame frame = thread.stack.back();
    thread.stack.pop_back();
    if (coroutinesSince && !thread.coroutinesSince())
        thread.busy.add(*coroutinesSince, time);

    TaskRecord &record = *frame.record;
    const Time length = time - frame.begin;
    record.running = false;
    record.task.busy += length - frame.nested;
    if (TaskRecord *row = record.stepOf ? s.tasks.find(record.stepOf) : nullptr)
        row->task.stepsBusy += length - frame.nested;
    record.task.longestSlice = std::max(record.task.longestSlice, length);
    record.lane.slices.end(time, wait.kind, wait.detail, wait.site);

    // Who blocked is the innermost: an outer slice blocks only by what it adds of its own.
    const bool blocks = !isWorkers && length - frame.blocked > s.blockThreshold;
    if (blocks)
        markBlock(thread, record, frame.begin, time);
    else if (s.marks.dropOpenBlocked(frame.begin, record.task.id))
        record.lane.slices.clearBlocking(record.lane.slices.size() - 1);
    if (!thread.stack.empty()) {
        Frame &outer = thread.stack.back();
        outer.nested += length;
        outer.blocked += blocks ? length : frame.blocked;
        outer.innerEnd = time;
    }
}

void StackKeeper::markBlock(ThreadTrack &thread, TaskRecord &record, Time begin, Time end)
{
    ++record.task.blocks;
    record.lane.slices.setBlocking(record.lane.slices.size() - 1);
    s.marks.addBlocked(begin, end, record.task.id, thread.loop);
    if (TaskRecord *loop = s.tasks.find(thread.loop); loop && loop->running)
        loop->lane.slices.setBlocking(loop->lane.slices.size() - 1);
}

void StackKeeper::popUnknown(ThreadTrack &thread, Time time)
{
    const Frame &frame = thread.stack.back();
    TaskRecord &record = *frame.record;
    // After a loss it is known only to have run until then.
    const Time end = thread.unsure ? std::max(thread.unsureSince, frame.innerEnd) : time;
    pop(thread, end, {});
    record.task.wait = Wait {trace::WaitKind::None, 0, {}, end};
    record.sureSince = 0;
    s.tasks.setState(record, TaskState::Suspended, end);
}

bool StackKeeper::uncover(ThreadTrack &thread, const TaskRecord &record, Time time)
{
    const auto isIt = [&record](const Frame &frame) { return frame.record == &record; };
    if (std::none_of(thread.stack.begin(), thread.stack.end(), isIt))
        return false;
    while (!isIt(thread.stack.back()))
        popUnknown(thread, time);
    return true;
}

void StackKeeper::clear(ThreadTrack &thread, Time time)
{
    while (!thread.stack.empty())
        popUnknown(thread, time);
}

void StackKeeper::abandon(TaskRecord &record, Time time)
{
    for (ThreadTrack &thread : s.threads) {
        if (uncover(thread, record, time)) {
            popUnknown(thread, time);
            return;
        }
    }
}

void StackKeeper::markOpenBlocks(Time now)
{
    for (ThreadTrack &thread : s.threads) {
        if (thread.stack.empty() || thread.isWorkers())
            continue;
        const Frame &frame = thread.stack.back();
        if (now - frame.begin - frame.blocked <= s.blockThreshold)
            continue;
        const TaskId task = frame.record->task.id;
        if (!s.marks.hasOpenBlocked(frame.begin, task) && frame.record->touchedIn != s.revision + 1) {
            frame.record->touchedIn = s.revision + 1;
            s.changes.changed.push_back(task);
        }
        s.marks.setOpenBlocked(frame.begin, now, task, thread.loop);
        frame.record->lane.slices.setBlocking(frame.record->lane.slices.size() - 1);
    }
}

} // namespace coroscope::model
