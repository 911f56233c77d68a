// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/notemarks.h"

#include "ui/contrast.h"
#include "ui/durations.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"

#include <QPainter>

#include <cmath>

namespace coroscope::ui {

using model::Note;
using model::NoteId;

constexpr double reach = 6;
constexpr double flagWidth = 9;
constexpr double flagHeight = 9;

NoteMarks::NoteMarks(TimelineView &view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    connect(&view.notes(), &model::NoteList::changed, this, [this] {
        if (!list().note(m_selected))
            m_selected = {};
        emit changed();
    });
    // Delete is meant for what was chosen last.
    connect(&view.selection(), &Selection::changed, this, [this] { select({}); });
}

model::NoteList &NoteMarks::list() const { return m_view.notes(); }

void NoteMarks::select(NoteId id)
{
    if (m_selected == id)
        return;
    m_selected = id;
    emit changed();
}

void NoteMarks::goTo(NoteId id)
{
    const Note *note = list().note(id);
    if (!note)
        return;
    m_view.leave(Jump::Note);
    const TimeRange range = m_view.range();
    if (!range.contains(note->time)) {
        const Time begin = note->time - range.length() / 2;
        m_view.setFollowing(false);
        m_view.setRange({begin, begin + range.length()});
    }
    if (m_view.store().task(note->task)) {
        m_view.selection().select(note->task);
        if (const auto row = m_view.lanes().rowOf(note->task))
            emit m_view.laneWanted(*row);
    }
    select(id);
}

bool NoteMarks::removeSelected() { return list().remove(m_selected); }

Note NoteMarks::proposed(Time pointer) const
{
    Note note;
    const Selection &selection = m_view.selection();
    if (m_view.store().task(selection.task()))
        note.task = selection.task();
    if (const auto region = m_view.region()) {
        note.time = region->begin;
        note.end = region->end;
    } else if (note.task && selection.slice()) {
        note.time = m_view.store().slice(note.task, *selection.slice()).begin;
    } else {
        note.time = std::clamp(pointer, m_view.session().begin,
                               std::max(m_view.session().begin, m_view.now()));
    }
    return note;
}

NoteId NoteMarks::at(const TimeScale &scale, double x) const
{
    NoteId nearest;
    double least = reach;
    for (const Note &note : list().notes()) {
        // The flag stands right of its line.
        const double left = scale.x(note.time);
        const double distance = x < left ? left - x : std::max(0.0, x - left - flagWidth);
        if (distance < least) {
            least = distance;
            nearest = note.id;
        }
    }
    return nearest;
}

QString NoteMarks::timeText(const Note &note)
{
    const QString begin = formatMoment(note.time, std::chrono::microseconds(100));
    return note.end ? tr("%1, %2 long").arg(begin, formatDuration(*note.end - note.time)) : begin;
}

QString NoteMarks::tip(NoteId id) const
{
    const Note *note = list().note(id);
    if (!note)
        return {};
    QStringList lines;
    if (!note->text.isEmpty())
        lines << note->text.toHtmlEscaped();
    const model::Task *task = m_view.store().task(note->task);
    lines << (task ? tr("%1 · %2").arg(timeText(*note), task->name.toHtmlEscaped()) : timeText(*note));
    return lines.join(QStringLiteral("<br>"));
}

static bool isSeen(const Note &note, const TimeScale &scale)
{
    return scale.x(note.end.value_or(note.time)) > -flagWidth && scale.x(note.time) < scale.width() + 1;
}

static QRectF stretchOf(const Note &note, const TimeScale &scale)
{
    const double left = std::max(-1.0, scale.x(note.time));
    return {left, 0, std::min(scale.width() + 1, scale.x(*note.end)) - left, 0};
}

void NoteMarks::paintFlags(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Note &note : list().notes()) {
        if (!isSeen(note, scale))
            continue;
        const QColor color = note.id == m_selected ? theme.text : theme.accent;
        const double x = std::round(scale.x(note.time));
        if (note.end) {
            QRectF band = stretchOf(note, scale);
            band.setHeight(3);
            painter.fillRect(band, mixed(color, theme.base, 0.6));
        }
        painter.fillRect(QRectF(x, 1, 1, height - 1), color);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF {{x + 1, 1},
                                       {x + 1 + flagWidth, 1},
                                       {x + flagWidth - 2, 1 + flagHeight / 2},
                                       {x + 1 + flagWidth, 1 + flagHeight},
                                       {x + 1, 1 + flagHeight}});
    }
    painter.restore();
}

void NoteMarks::paintTicks(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const Note &note : list().notes()) {
        const QColor color = note.id == m_selected ? theme.text : theme.accent;
        const double x = std::round(scale.x(note.time));
        painter.fillRect(QRectF(x, 1, 1, height - 2), color);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF {{x - 3, 1}, {x + 4, 1}, {x + 0.5, 6}});
    }
    painter.restore();
}

void NoteMarks::paintLines(QPainter &painter, const Theme &theme, const TimeScale &scale, int height) const
{
    for (const Note &note : list().notes()) {
        if (!isSeen(note, scale))
            continue;
        QColor color = note.id == m_selected ? theme.text : theme.accent;
        color.setAlphaF(note.id == m_selected ? 0.9F : 0.6F);
        painter.fillRect(QRectF(std::round(scale.x(note.time)), 0, 1, height), color);
        if (note.end) {
            color.setAlphaF(0.06F);
            QRectF band = stretchOf(note, scale);
            band.setHeight(height);
            painter.fillRect(band, color);
        }
    }
}

} // namespace coroscope::ui
