// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportpieces.h"

#include <variant>
#include <vector>

namespace coroscope::io {

/// One line of what a viewer shows of a selected slice.
struct ExportFact
{
    const char *key; ///< "cause", "wait", "site" …: never translated
    std::variant<QString, std::uint64_t, bool> value;
};
using ExportFacts = std::vector<ExportFact>;

/// What a viewer writes into the piece: the task's name or the job's, the wait in words, "ready".
QString pieceName(const model::TraceStore &store, const model::Task &task, const LanePiece &piece);
/// The kind of work, "wait" or "ready".
QString pieceCategory(const model::Task &task, const LanePiece &piece);
/// Of a slice: its cause, thread and what it waits for next; the first one tells the function, too, the last
/// one how the task ended. Of a wait: where it stands in the source.
ExportFacts pieceFacts(const model::TraceStore &store, const model::Task &task, const LanePiece &piece);
/// How a task ended, with its result or error. Empty while it lives.
ExportFacts endFacts(const model::Task &task);

/// Something that is neither a slice nor a wait.
struct ExportInstant
{
    TaskId lane; ///< none: it speaks of the whole session
    model::Time at {};
    const char *category; ///< "print", "end", "lost", "held"
    QString name;
    ExportFacts facts;
};

/// All printed lines, ends of tasks that have no slice to tell it, lost events, and loops that were held.
class InstantWalk
{
public:
    explicit InstantWalk(const model::TraceStore &store);

    std::optional<ExportInstant> next();

private:
    std::optional<ExportInstant> nextEnd();
    std::optional<ExportInstant> nextMark();

    const model::TraceStore &m_store;
    std::size_t m_line = 0;
    std::size_t m_task = 0;
    std::size_t m_mark = 0;
};

} // namespace coroscope::io
