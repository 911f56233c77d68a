// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <QObject>
#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace coroscope::model {

/// A note of its list; numbers are not used again.
using NoteId = Id<struct NoteTag>;

/// What a person wrote beside a moment or a stretch of the session.
struct Note
{
    Time time {};
    std::optional<Time> end; ///< of a stretch
    TaskId task; ///< whom it is about; none: everything
    QString text;
    NoteId id; ///< given by the list; nothing to save
};

/// The notes of a session, ordered by time. A recording is saved with them: read notes(), write setNotes().
class NoteList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    std::span<const Note> notes() const { return m_notes; }
    /// Valid until the next change.
    const Note *note(NoteId id) const;

    /// The note's id is chosen here.
    NoteId add(Note note);
    /// False if there is no such note.
    bool setText(NoteId id, const QString &text);
    bool remove(NoteId id);
    /// Replaces all, in any order; ids are given anew.
    void setNotes(std::vector<Note> notes);

signals:
    void changed();

private:
    std::vector<Note> m_notes;
    std::uint32_t m_lastId = 0;
};

class TraceStore;
/// The notes on what a store holds; they live as long as the store. Its clear() drops them, removeEnded()
/// keeps them.
NoteList &notesOf(TraceStore &store);
const NoteList &notesOf(const TraceStore &store);

} // namespace coroscope::model
