// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportfacts.h"

#include "core/io/exportwords.h"
#include "core/model/transitions.h"

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::Mark;
using model::Slice;
using model::Task;
using model::TraceStore;
using What = LanePiece::What;

namespace {
/// Adds what is known, so that no viewer shows empty lines.
void add(ExportFacts &facts, const char *key, const QString &text)
{
    if (!text.isEmpty())
        facts.push_back({key, text});
}

void addSlice(ExportFacts &facts, const TraceStore &store, const Task &task, const LanePiece &piece)
{
    const Slice &slice = piece.slice;
    facts.push_back({"task", std::uint64_t(task.id.value)});
    if (piece.index == 0 && task.location) {
        add(facts, "function", store.location(task.location).function);
        add(facts, "declared", siteText(store, task.location));
    }
    if (!model::isService(task.entity))
        add(facts, "cause", store.describe(slice.cause, slice.causer));
    if (slice.thread)
        add(facts, "thread", store.threadName(slice.thread));
    add(facts, "wait", store.describe(slice.wait));
    add(facts, "site", siteText(store, slice.wait.site));
    if (slice.open)
        facts.push_back({"unfinished", true});
    if (piece.index + 1 == store.sliceCount(task.id)) {
        for (ExportFact &fact : endFacts(task))
            facts.push_back(std::move(fact));
    }
}
} // namespace

QString pieceName(const TraceStore &store, const Task &task, const LanePiece &piece)
{
    switch (piece.what) {
    case What::Running:
        return piece.slice.label ? store.string(piece.slice.label) : task.name;
    case What::Waiting:
        return store.describe(piece.slice.wait);
    case What::Ready:
        return u"ready"_s;
    }
    return {};
}

QString pieceCategory(const Task &task, const LanePiece &piece)
{
    switch (piece.what) {
    case What::Running:
        return kindWord(task);
    case What::Waiting:
        return u"wait"_s;
    case What::Ready:
        return u"ready"_s;
    }
    return {};
}

ExportFacts pieceFacts(const TraceStore &store, const Task &task, const LanePiece &piece)
{
    ExportFacts facts;
    if (piece.what == What::Running) {
        addSlice(facts, store, task, piece);
        return facts;
    }
    add(facts, "reason", waitWord(piece.slice.wait.kind));
    if (piece.what == What::Ready)
        add(facts, "wait", store.describe(piece.slice.wait));
    add(facts, "site", siteText(store, piece.slice.wait.site));
    if (piece.open)
        facts.push_back({"unfinished", true});
    return facts;
}

ExportFacts endFacts(const Task &task)
{
    ExportFacts facts;
    if (!model::hasEnded(task.state))
        return facts;
    add(facts, "outcome", stateWord(task.state));
    add(facts, "result", task.result);
    add(facts, "error", task.error);
    add(facts, "cancelled by", task.cancelledBy);
    return facts;
}

InstantWalk::InstantWalk(const TraceStore &store)
    : m_store(store)
{ }

std::optional<ExportInstant> InstantWalk::next()
{
    if (m_line < m_store.printed().size()) {
        const model::PrintedLine &line = m_store.printed()[m_line++];
        return ExportInstant {line.task, line.time, "print", line.text, {}};
    }
    if (auto end = nextEnd())
        return end;
    return nextMark();
}

std::optional<ExportInstant> InstantWalk::nextEnd()
{
    while (m_task < m_store.tasks().size()) {
        const Task &task = *m_store.task(m_store.tasks()[m_task++]);
        if (task.ended && m_store.sliceCount(task.id) == 0)
            return ExportInstant {task.id, *task.ended, "end", stateWord(task.state), endFacts(task)};
    }
    return {};
}

std::optional<ExportInstant> InstantWalk::nextMark()
{
    while (m_mark < m_store.marks().size()) {
        const Mark &mark = m_store.marks()[m_mark++];
        const auto length = std::uint64_t(std::max((mark.end - mark.begin).count(), std::int64_t(0)));
        if (mark.kind == Mark::Kind::Lost) {
            return ExportInstant {{},
                                  mark.begin,
                                  "lost",
                                  u"%1 events lost"_s.arg(mark.count),
                                  {{"nanoseconds", length}}};
        }
        if (mark.kind == Mark::Kind::Held)
            return ExportInstant {mark.loop, mark.begin, "held", u"held"_s, {{"nanoseconds", length}}};
    }
    return {};
}

} // namespace coroscope::io
