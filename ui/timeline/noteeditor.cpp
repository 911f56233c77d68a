// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/noteeditor.h"

#include <QKeyEvent>

#include <algorithm>

namespace coroscope::ui {

constexpr int editorWidth = 240;

NoteEditor::NoteEditor(model::NoteList &list, QWidget *parent)
    : QLineEdit(parent)
    , m_list(list)
{
    setObjectName(QStringLiteral("noteEditor"));
    setPlaceholderText(tr("A note on this mark; Enter keeps it"));
    setAccessibleName(tr("Note of the mark"));
    hide();
}

void NoteEditor::edit(const model::Note &note, QPoint at)
{
    m_note = note;
    m_editing = true;
    setText(note.text);
    selectAll();
    const int width = std::min(editorWidth, parentWidget()->width() - 8);
    const int x = std::clamp(at.x() - 12, 4, std::max(4, parentWidget()->width() - width - 4));
    setGeometry(x, at.y() + 2, width, sizeHint().height());
    show();
    raise();
    setFocus(Qt::ShortcutFocusReason);
}

void NoteEditor::keep()
{
    const QString text = this->text().trimmed();
    if (m_note.id) {
        m_list.setText(m_note.id, text);
        return finish(m_note.id);
    }
    m_note.text = text;
    finish(m_list.add(m_note));
}

void NoteEditor::finish(model::NoteId id)
{
    m_editing = false;
    const bool focused = hasFocus();
    hide();
    if (focused)
        parentWidget()->setFocus(Qt::OtherFocusReason);
    emit finished(id);
}

void NoteEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return keep();
    case Qt::Key_Escape:
        return finish({});
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void NoteEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    const bool away = event->reason() != Qt::PopupFocusReason
                      && event->reason() != Qt::ActiveWindowFocusReason;
    if (!m_editing || !away)
        return;
    if (text().trimmed().isEmpty() || text() == m_note.text)
        finish({});
    else
        keep();
}

} // namespace coroscope::ui
