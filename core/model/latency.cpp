// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/latency.h"

#include <algorithm>
#include <bit>

namespace coroscope::model {

using trace::EntityKind;
using trace::WaitKind;

namespace {

/// As fine as LengthHistogram's cells and with the same borders: whatever percentile it names, there is an
/// example of it.
std::size_t cellOf(Time length)
{
    const auto ns = std::uint64_t(std::max<std::int64_t>(length.count(), 0));
    const int shift = std::max(int(std::bit_width(ns)) - 7, 0);
    return (std::size_t(shift) << 6) + std::size_t(ns >> shift);
}

bool counts(const Task &task)
{
    return task.entity == EntityKind::Coroutine || task.entity == EntityKind::Spawned;
}

} // namespace

void Latency::Lengths::add(const Example &example)
{
    histogram.add(example.length);
    const std::size_t cell = cellOf(example.length);
    if (cell >= examples.size())
        examples.resize(cell + 1);
    if (!examples[cell].task || example.length > examples[cell].length)
        examples[cell] = example;
}

bool Latency::read(const TraceStore &store, std::uint32_t budget)
{
    m_store = &store;
    const bool isDone = m_sweep ? m_sweep->read(store, *this, budget) : m_reader.read(store, *this, budget);
    m_store = nullptr;
    return isDone;
}

QStringList Latency::categories() const
{
    QStringList names;
    for (const auto &[name, group] : m_byCategory)
        names << name;
    return names;
}

const Latency::Lengths &Latency::lengths(Kind kind, const std::optional<QString> &category) const
{
    static const Lengths none;
    if (!category)
        return m_all[std::size_t(kind)];
    const auto found = m_byCategory.find(*category);
    return found == m_byCategory.end() ? none : found->second[std::size_t(kind)];
}

const LengthHistogram &Latency::histogram(Kind kind, const std::optional<QString> &category) const
{
    return lengths(kind, category).histogram;
}

std::optional<Latency::Example> Latency::example(Kind kind, double share,
                                                 const std::optional<QString> &category) const
{
    const Lengths &lengths = this->lengths(kind, category);
    if (lengths.histogram.count() == 0)
        return {};
    const std::size_t cell = cellOf(lengths.histogram.percentile(share));
    if (cell >= lengths.examples.size() || !lengths.examples[cell].task)
        return {};
    return lengths.examples[cell];
}

void Latency::add(const Task &task, Kind kind, std::uint32_t slice, Time length)
{
    const Example example {task.id, slice, std::max(length, Time {})};
    m_all[std::size_t(kind)].add(example);
    if (task.category.isEmpty())
        return;
    auto group = m_byCategory.find(task.category);
    if (group == m_byCategory.end()) {
        if (m_byCategory.size() >= mostCategories)
            return;
        group = m_byCategory.try_emplace(task.category).first;
    }
    group->second[std::size_t(kind)].add(example);
}

void Latency::slice(const Task &task, std::uint32_t index, const Slice &slice)
{
    if (counts(task))
        add(task, Kind::Slice, index, slice.end - slice.begin);
}

void Latency::wait(const Task &task, std::uint32_t index, const Slice &slice, const PastWait &past)
{
    if (!counts(task))
        return;
    // Who yields doesn't wait for anything but its turn.
    if (slice.wait.kind != WaitKind::Yield && isLeafWait(*m_store, task, slice.wait))
        add(task, Kind::Waiting, index, past.ready - past.begin);
    if (past.isReadyKnown)
        add(task, Kind::Scheduling, index, past.resumed - past.ready);
}

} // namespace coroscope::model
