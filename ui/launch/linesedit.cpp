// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/linesedit.h"

#include "ui/launch/urldrop.h"

#include <QKeyEvent>
#include <QMimeData>

namespace coroscope::ui {

LinesEdit::LinesEdit(Drops drops, int visibleLines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_drops(drops)
{
    setTabChangesFocus(true);
    setLineWrapMode(NoWrap);
    setMinimumHeight(visibleLines * fontMetrics().lineSpacing() + 22);
}

void LinesEdit::addLines(const QString &lines)
{
    QString text = toPlainText().trimmed();
    if (!text.isEmpty())
        text += QLatin1Char('\n');
    setPlainText(text + lines);
    moveCursor(QTextCursor::End);
}

void LinesEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & Qt::ShiftModifier))
        emit submitted();
    else if (enter)
        textCursor().insertBlock();
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool LinesEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return m_drops == Drops::Urls ? holdsUrls(*source) : QPlainTextEdit::canInsertFromMimeData(source);
}

void LinesEdit::insertFromMimeData(const QMimeData *source)
{
    if (m_drops == Drops::Text || !source->hasUrls()) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    const UrlLines dropped = urlLines(*source);
    if (!dropped.lines.isEmpty())
        addLines(dropped.lines);
    if (!dropped.error.isEmpty())
        emit dropFailed(dropped.error);
}

} // namespace coroscope::ui
