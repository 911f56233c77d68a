// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/notes.h"

#include "core/model/tracestore.h"

#include <algorithm>

namespace coroscope::model {

static constexpr auto earlier = [](const Note &a, const Note &b) { return a.time < b.time; };

const Note *NoteList::note(NoteId id) const
{
    const auto found = std::find_if(m_notes.begin(), m_notes.end(),
                                    [id](const Note &note) { return note.id == id; });
    return found == m_notes.end() ? nullptr : &*found;
}

NoteId NoteList::add(Note note)
{
    const NoteId id = note.id = NoteId {++m_lastId};
    const auto at = std::upper_bound(m_notes.begin(), m_notes.end(), note, earlier);
    m_notes.insert(at, std::move(note));
    emit changed();
    return id;
}

bool NoteList::setText(NoteId id, const QString &text)
{
    const auto found = std::find_if(m_notes.begin(), m_notes.end(),
                                    [id](const Note &note) { return note.id == id; });
    if (found == m_notes.end())
        return false;
    if (found->text != text) {
        found->text = text;
        emit changed();
    }
    return true;
}

bool NoteList::remove(NoteId id)
{
    if (std::erase_if(m_notes, [id](const Note &note) { return note.id == id; }) == 0)
        return false;
    emit changed();
    return true;
}

void NoteList::setNotes(std::vector<Note> notes)
{
    if (m_notes.empty() && notes.empty())
        return;
    m_notes.clear();
    for (Note &note : notes) {
        note.id = NoteId {++m_lastId};
        const auto at = std::upper_bound(m_notes.begin(), m_notes.end(), note, earlier);
        m_notes.insert(at, std::move(note));
    }
    emit changed();
}

// A child of the store, which makes one for itself: most who read a store have nothing to do with notes.

NoteList &notesOf(TraceStore &store) { return *store.findChild<NoteList *>(); }

const NoteList &notesOf(const TraceStore &store) { return *store.findChild<const NoteList *>(); }

} // namespace coroscope::model
