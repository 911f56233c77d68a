// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/notes.h"

#include <QLineEdit>

namespace coroscope::ui {

/// The line below a mark in which its note is written. Enter keeps it, Esc leaves all as it was; so does
/// going elsewhere, unless something was written.
class NoteEditor : public QLineEdit
{
    Q_OBJECT
public:
    explicit NoteEditor(model::NoteList &list, QWidget *parent = nullptr);

    /// A note without id is added to the list when it is kept. `at`: the mark's foot, in the parent.
    void edit(const model::Note &note, QPoint at);

signals:
    /// The note that was written; none if it wasn't.
    void finished(coroscope::model::NoteId id);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void keep();
    void finish(model::NoteId id);

    model::NoteList &m_list;
    model::Note m_note;
    bool m_editing = false;
};

} // namespace coroscope::ui
