// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "core/model/notes.h"

#include <QObject>

class QPainter;

namespace coroscope::ui {

struct Theme;
class TimelineView;

/// The notes of a session as marks of its timeline: which one is selected, where they are, and going there.
class NoteMarks : public QObject
{
    Q_OBJECT
public:
    explicit NoteMarks(TimelineView &view, QObject *parent = nullptr);

    model::NoteList &list() const;
    model::NoteId selected() const { return m_selected; }
    void select(model::NoteId id);
    /// Selects the note and its task, and brings it into sight, with a way back.
    void goTo(model::NoteId id);
    /// False if none is selected.
    bool removeSelected();
    /// What a new mark is of: the region, else the selected slice, else the moment `pointer`.
    model::Note proposed(Time pointer) const;

    /// The note whose mark is at `x`.
    model::NoteId at(const TimeScale &scale, double x) const;
    /// What the tool tip of a mark says.
    QString tip(model::NoteId id) const;
    /// "1.204 s".
    static QString timeText(const model::Note &note);

    /// Flags for a ruler, ticks for a minimap, lines through the lanes.
    void paintFlags(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const;
    void paintTicks(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const;
    void paintLines(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const;

signals:
    void changed();
    void editRequested(coroscope::model::NoteId id);

private:
    TimelineView &m_view;
    model::NoteId m_selected;
};

} // namespace coroscope::ui
