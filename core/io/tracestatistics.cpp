// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/tracestatistics.h"

#include "core/io/exportpieces.h"
#include "core/io/exportwords.h"
#include "core/model/transitions.h"

#include <algorithm>
#include <map>

namespace coroscope::io {

using model::Task;
using model::Time;
using model::TraceStore;
using What = LanePiece::What;

namespace {
using Lengths = std::vector<Time>;

/// By nearest rank: the smallest length that `percent` of all don't exceed.
Time percentile(const Lengths &sorted, std::size_t percent)
{
    if (sorted.empty())
        return {};
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void setPercentiles(StatisticsRow &row, Lengths &lengths)
{
    std::ranges::sort(lengths);
    row.p50 = percentile(lengths, 50);
    row.p90 = percentile(lengths, 90);
    row.p99 = percentile(lengths, 99);
    row.longest = lengths.empty() ? Time {} : lengths.back();
}

void addPieces(StatisticsRow &row, Lengths &lengths, const TraceStore &store, const Task &task)
{
    LaneWalk walk(store, task);
    while (const auto piece = walk.next()) {
        switch (piece->what) {
        case What::Running:
            ++row.count;
            lengths.push_back(piece->length());
            if (piece->open)
                row.busy += piece->length();
            break;
        case What::Waiting:
            row.wait += piece->length();
            break;
        case What::Ready:
            row.ready += piece->length();
            break;
        }
    }
}

StatisticsRow rowOf(const TraceStore &store, const Task &task, Lengths &lengths)
{
    StatisticsRow row;
    row.task = task.id;
    row.name = task.name;
    row.kind = kindWord(task);
    row.state = stateWord(task.state);
    row.site = siteText(store, task.location);
    row.busy = task.busy;
    std::ranges::copy(task.wakes, row.wakes.begin());
    addPieces(row, lengths, store, task);
    return row;
}

void sum(StatisticsRow &into, const StatisticsRow &row)
{
    into.count += row.count;
    into.busy += row.busy;
    into.wait += row.wait;
    into.ready += row.ready;
    for (std::size_t i = 0; i < row.wakes.size(); ++i)
        into.wakes[i] += row.wakes[i];
}

/// What tells functions apart: two of one name may stand in two files, and a coroutine template's instances
/// in one line.
using FunctionKey = std::tuple<QString, QString, int>;

FunctionKey functionOf(const TraceStore &store, const Task &task)
{
    if (!task.location)
        return {task.name, {}, 0};
    const model::Location &place = store.location(task.location);
    return {place.function, place.file, place.line};
}

StatisticsRow functionRow(const TraceStore &store, const std::vector<StatisticsRow> &rows,
                          const std::vector<std::size_t> &members)
{
    StatisticsRow row;
    row.tasks = members.size();
    const Task &first = *store.task(rows[members.front()].task);
    row.name = std::get<0>(functionOf(store, first));
    row.kind = rows[members.front()].kind;
    row.site = rows[members.front()].site;
    Lengths lengths;
    for (const std::size_t i : members) {
        sum(row, rows[i]);
        for (std::uint32_t slice = store.firstSlice(rows[i].task); slice < store.sliceCount(rows[i].task);
             ++slice) {
            const model::Slice it = store.slice(rows[i].task, slice);
            lengths.push_back(it.end - it.begin);
        }
    }
    setPercentiles(row, lengths);
    return row;
}

void sortByBusy(std::vector<StatisticsRow> &rows)
{
    std::ranges::sort(rows, [](const StatisticsRow &a, const StatisticsRow &b) {
        return std::tie(b.busy, a.task, a.name, a.site) < std::tie(a.busy, b.task, b.name, b.site);
    });
}
} // namespace

TraceStatistics statisticsOf(const TraceStore &store)
{
    TraceStatistics statistics;
    std::map<FunctionKey, std::vector<std::size_t>> functions;
    Lengths lengths;
    for (const TaskId id : store.tasks()) {
        const Task &task = *store.task(id);
        lengths.clear();
        StatisticsRow row = rowOf(store, task, lengths);
        setPercentiles(row, lengths);
        if (!model::isService(task.entity))
            functions[functionOf(store, task)].push_back(statistics.tasks.size());
        statistics.tasks.push_back(std::move(row));
    }
    for (const auto &[key, members] : functions)
        statistics.functions.push_back(functionRow(store, statistics.tasks, members));
    sortByBusy(statistics.tasks);
    sortByBusy(statistics.functions);
    return statistics;
}

} // namespace coroscope::io
