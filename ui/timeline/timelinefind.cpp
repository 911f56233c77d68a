// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelinefind.h"

#include "ui/timeline/waitreason.h"

#include <QHash>

#include <algorithm>
#include <tuple>

namespace coroscope::ui {

namespace {

/// Thousands of waits are for the same thing: each is put in words once.
class Matcher
{
public:
    Matcher(const model::TraceStore &store, const QString &text)
        : m_store(store)
        , m_text(text)
    { }

    bool operator()(const QString &words) const { return words.contains(m_text, Qt::CaseInsensitive); }
    bool operator()(const model::Wait &wait)
    {
        const std::pair key(int(wait.kind), wait.detail);
        const auto known = m_waits.constFind(key);
        if (known != m_waits.cend())
            return *known;
        return *m_waits.insert(key, (*this)(waitReason(m_store, wait, nullptr).full));
    }

private:
    const model::TraceStore &m_store;
    QString m_text;
    QHash<std::pair<int, std::uint64_t>, bool> m_waits;
};

} // namespace

std::vector<FindHit> findInTimeline(const model::TraceStore &store, const QString &text)
{
    std::vector<FindHit> hits;
    if (text.isEmpty())
        return hits;
    Matcher matches(store, text);
    for (const model::PrintedLine &line : store.printed()) {
        if (hits.size() >= mostHits)
            break;
        if (line.task && matches(line.text))
            hits.push_back(
                {FindHit::What::Printed, line.task, store.sliceAt(line.task, line.time), line.time});
    }
    for (const TaskId id : store.tasks()) {
        const model::Task *task = store.task(id);
        if (!task)
            continue;
        if (hits.size() < mostHits && matches(task->name))
            hits.push_back({FindHit::What::Name, id, {}, task->created});
        const std::uint32_t count = task->entity == trace::EntityKind::Loop ? 0 : store.sliceCount(id);
        for (std::uint32_t i = store.firstSlice(id); i < count && hits.size() < mostHits; ++i) {
            const model::Slice slice = store.slice(id, i);
            if (slice.label && matches(store.string(slice.label)))
                hits.push_back({FindHit::What::Label, id, i, slice.begin});
            if (slice.wait.kind != trace::WaitKind::None && matches(slice.wait))
                hits.push_back({FindHit::What::Wait, id, i, slice.end});
        }
    }
    std::sort(hits.begin(), hits.end(), [](const FindHit &a, const FindHit &b) {
        return std::tie(a.time, a.task, a.what) < std::tie(b.time, b.task, b.what);
    });
    return hits;
}

} // namespace coroscope::ui
