// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/csvtrace.h"

#include "core/io/csvrow.h"
#include "core/io/exportlanes.h"
#include "core/io/exportwords.h"

namespace coroscope::io {

using model::Slice;
using model::Task;
using model::TraceStore;

namespace {
QString outcomeOf(const TraceStore &store, const Task &task, std::uint32_t index, const Slice &slice)
{
    if (slice.open)
        return QStringLiteral("running");
    const bool isLast = index + 1 == store.sliceCount(task.id);
    return isLast && model::hasEnded(task.state) ? stateWord(task.state) : QString();
}

void fill(CsvRow &row, const TraceStore &store, const Task &task, std::uint32_t index, const Slice &slice)
{
    row.add(std::int64_t(task.id.value));
    row.add(task.name);
    row.add(kindWord(task));
    row.add(slice.thread ? store.threadName(slice.thread) : QString());
    row.add(slice.begin.count());
    row.add(slice.end.count());
    row.add(causeWord(slice.cause));
    if (slice.causer)
        row.add(std::int64_t(slice.causer));
    else
        row.skip();
    row.add(waitWord(slice.wait.kind));
    row.add(store.describe(slice.wait));
    row.add(siteText(store, slice.wait.site));
    if (slice.ready)
        row.add(slice.ready->count());
    else
        row.skip();
    row.add(outcomeOf(store, task, index, slice));
}
} // namespace

void writeCsvTrace(const TraceStore &store, ExportSink &sink)
{
    sink.write("task,name,kind,thread,begin_ns,end_ns,cause,causer,wait,wait_text,site,ready_ns,outcome\r\n");
    CsvRow row;
    const ExportLanes lanes(store);
    sink.expectSteps(lanes.sliceCount());
    for (const TaskId id : lanes.ids()) {
        const Task &task = *store.task(id);
        const std::uint32_t count = store.sliceCount(id);
        for (std::uint32_t i = store.firstSlice(id); i < count && !sink.failed(); ++i) {
            fill(row, store, task, i, store.slice(id, i));
            sink.write(row.end());
            sink.step();
        }
    }
}

} // namespace coroscope::io
