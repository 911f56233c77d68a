// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/ruler.h"

#include "ui/durations.h"
#include "ui/replay/playhead.h"
#include "ui/theme.h"
#include "ui/timeline/heldstretches.h"
#include "ui/timeline/notemarks.h"
#include "ui/timeline/playheadmark.h"
#include "ui/timeline/slicetip.h"
#include "ui/timeline/timelineview.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

Ruler::Ruler(TimelineView &view, NoteMarks &notes, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_notes(notes)
{
    setAccessibleName(tr("Time ruler"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::OpenHandCursor);
    setMouseTracking(true);
}

QSize Ruler::sizeHint() const { return {200, 20}; }

/// Gaps are drawn wide enough to be noticed and pointed at.
static QRectF gapRect(const TimeScale &scale, const model::Mark &mark, int height)
{
    const double left = scale.x(mark.begin);
    return {std::floor(left) - 2, 0, std::max(5.0, std::ceil(scale.x(mark.end) - left) + 4), double(height)};
}

void Ruler::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const TimeScale scale(m_view.range(), width());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);

    QFont font = smallFont();
    painter.setFont(font);
    const QFontMetrics metrics(font);

    const double now = std::round(scale.x(m_view.now()));
    const Time step = tickStep(scale, leastTickDistance);
    const QString nowText = formatMoment(m_view.now(), std::max(step / 20, Time {1}));
    const double flagWidth = metrics.horizontalAdvance(nowText) + 14;
    const QRectF flag(std::clamp(now - flagWidth / 2, 0.0, std::max(0.0, width() - flagWidth)), 1, flagWidth,
                      height() - 2);
    const bool flagged = now >= 0 && now <= width();
    const auto handle = mark().handle(font, height());
    const auto covers = [](const QRectF &label, const QRectF &over) {
        return label.right() > over.left() - 2 && label.left() < over.right() + 2;
    };

    for (const Tick &tick : ticks(scale, leastTickDistance)) {
        const double x = std::round(scale.x(tick.time));
        painter.fillRect(QRectF(x, height() - 6, 1, 6), theme.grid);
        const QRectF box(x + 5, 0, metrics.horizontalAdvance(tick.label) + 2, height());
        if ((flagged && covers(box, flag)) || (handle && covers(box, *handle)))
            continue;
        painter.setPen(theme.dimText);
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, tick.label);
    }
    constexpr int heldHeight = 3;
    for (const HeldStretch &held :
         heldStretches(m_view.store().marks(), scale, heldHeight, m_view.now(), QFontMetricsF(font)))
        painter.fillRect(held.band.translated(0, height() - heldHeight), theme.dimText);
    for (const model::Mark &mark : m_view.store().marks()) {
        if (mark.kind != model::Mark::Kind::Lost)
            continue;
        const QRectF gap = gapRect(scale, mark, height());
        if (gap.right() > 0 && gap.left() < width())
            painter.fillRect(gap, QBrush(theme.bad, Qt::BDiagPattern));
    }
    m_notes.paintFlags(painter, theme, scale, height());
    if (flagged) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.flag);
        painter.drawRoundedRect(flag, 3, 3);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(theme.onFlag);
        painter.drawText(flag, Qt::AlignCenter, nowText);
    }
    mark().paintHandle(painter, theme, smallFont(), height());
}

PlayheadMark Ruler::mark() const { return {m_view.playhead(), TimeScale(m_view.range(), width())}; }

QFont Ruler::smallFont() const
{
    QFont font = this->font();
    font.setPixelSize(11);
    return font;
}

bool Ruler::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const TimeScale scale(m_view.range(), width());
    if (const model::NoteId note = m_notes.at(scale, help->pos().x())) {
        QToolTip::showText(help->globalPos(), m_notes.tip(note), this);
        return true;
    }
    for (const model::Mark &mark : m_view.store().marks()) {
        if (mark.kind == model::Mark::Kind::Lost && gapRect(scale, mark, height()).contains(help->pos())) {
            const TipContext context {m_view.store(), Theme::of(palette()), m_view.now()};
            QToolTip::showText(help->globalPos(), markTip(context, mark), this);
            return true;
        }
    }
    if (m_view.playhead()) {
        QToolTip::showText(help->globalPos(),
                           tr("Drag to move in time, Shift+click to set the playhead; R plays."), this);
        return true;
    }
    QToolTip::hideText();
    event->ignore();
    return true;
}

bool Ruler::movesPlayhead(const QMouseEvent &event) const
{
    return m_view.playhead()
           && (event.modifiers() & Qt::ShiftModifier
               || mark().isGrippedAt(event.position().x(), smallFont(), height()));
}

void Ruler::scrub(double x)
{
    const TimeScale scale(m_view.range(), width());
    m_view.playhead()->moveTo(scale.time(std::clamp(x, 0.0, double(width()))));
}

void Ruler::mousePressEvent(QMouseEvent *event)
{
    m_dragX = event->position().x();
    m_scrubs = event->button() == Qt::LeftButton && movesPlayhead(*event);
    if (m_scrubs) {
        setFocus(Qt::MouseFocusReason); // the keys that step and play are the lanes'
        m_view.playhead()->pause();
        if (event->modifiers() & Qt::ShiftModifier)
            scrub(m_dragX);
        return;
    }
    const TimeScale scale(m_view.range(), width());
    if (const model::NoteId note = m_notes.at(scale, m_dragX); note && event->button() == Qt::LeftButton) {
        setFocus(Qt::MouseFocusReason); // the keys for the mark are the lanes'
        m_notes.goTo(note);
    }
}

void Ruler::mouseReleaseEvent(QMouseEvent *) { m_scrubs = false; }

void Ruler::mouseDoubleClickEvent(QMouseEvent *event)
{
    const TimeScale scale(m_view.range(), width());
    if (const model::NoteId note = m_notes.at(scale, event->position().x()))
        emit m_notes.editRequested(note);
}

void Ruler::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        const TimeScale scale(m_view.range(), width());
        setCursor(movesPlayhead(*event)                      ? Qt::SizeHorCursor
                  : m_notes.at(scale, event->position().x()) ? Qt::PointingHandCursor
                                                             : Qt::OpenHandCursor);
        return;
    }
    if (m_scrubs)
        return scrub(event->position().x());
    m_view.pan((m_dragX - event->position().x()) / std::max(1, width()));
    m_dragX = event->position().x();
}

} // namespace coroscope::ui
