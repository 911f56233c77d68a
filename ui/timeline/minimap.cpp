// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/minimap.h"

#include "ui/contrast.h"
#include "ui/replay/playhead.h"
#include "ui/theme.h"
#include "ui/timeline/forgottenstretch.h"
#include "ui/timeline/notemarks.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/utilizationstrip.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace coroscope::ui {

constexpr int barPitch = 4;
constexpr int barWidth = 3;
constexpr double gripReach = 4;
constexpr double leastWindow = 6;
constexpr int refreshMs = 150;

Minimap::Minimap(TimelineView &view, NoteMarks &notes, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_notes(notes)
{
    setAccessibleName(tr("Overview of the session"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize Minimap::sizeHint() const { return {200, 20}; }

TimeScale Minimap::scale() const
{
    // What is seen may reach beyond what happened; the window stays inside all the same.
    const TimeRange session = m_view.session();
    return {{session.begin, std::max(session.end, m_view.range().end)}, double(width() - 2)};
}

model::NoteId Minimap::noteAt(double x) const { return m_notes.at(scale(), x - 1); }

bool Minimap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const double x = help->pos().x();
    const model::NoteId note = noteAt(x);
    QToolTip::showText(help->globalPos(), note ? m_notes.tip(note) : tipAt(x), this);
    return true;
}

QRectF Minimap::windowRect() const
{
    const TimeScale scale = this->scale();
    const double most = width() - 1;
    double left = std::clamp(1 + scale.x(m_view.range().begin), 0.0, most);
    double right = std::clamp(1 + scale.x(m_view.range().end), 0.0, most + 1);
    if (right - left < leastWindow) {
        left = std::clamp((left + right - leastWindow) / 2, 0.0, std::max(0.0, most - leastWindow));
        right = left + leastWindow;
    }
    return {left, 0, right - left, double(height())};
}

QRectF Minimap::forgottenRect() const
{
    const model::TraceStore &store = m_view.store();
    if (store.knownSince() <= store.firstTime())
        return {};
    const TimeScale scale = this->scale();
    const double right = std::clamp(1 + scale.x(store.knownSince()), 1.0, width() - 1.0);
    return {1, 1, std::max(right - 1, 2.0), height() - 2.0};
}

const std::vector<float> &Minimap::utilization()
{
    const TimeRange range = scale().range();
    const int buckets = std::max(1, (width() - 2) / barPitch);
    const bool resized = m_utilization.size() != static_cast<std::size_t>(buckets);
    const quint64 revision = m_view.store().revision();
    const bool stale = (range != m_utilizationRange || revision != m_utilizationRevision)
                       && (!m_utilizationAge.isValid() || m_utilizationAge.elapsed() >= refreshMs);
    if (resized || stale) {
        m_utilization = m_view.store().utilization(range.begin, range.end, buckets);
        m_utilizationRange = range;
        m_utilizationRevision = revision;
        m_utilizationAge.start();
    }
    return m_utilization;
}

void Minimap::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.grid);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    const QRectF window = windowRect();
    painter.setPen(QPen(theme.accent, 1));
    painter.setBrush(mixed(theme.accent, theme.base, 0.16));
    painter.drawRoundedRect(window.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    painter.setRenderHint(QPainter::Antialiasing, false);
    const QColor outside = mixed(theme.text, theme.base, 0.38);
    const QColor inside = mixed(theme.text, theme.base, 0.52);
    const double most = height() - 5;
    double x = 2;
    for (const float busy : utilization()) {
        if (busy > 0) {
            // The square root: a loop that is busy for 1 % is still seen.
            const double h = std::max(1.0, std::round(std::sqrt(std::min(1.0F, busy)) * most));
            const bool seen = x + barWidth > window.left() && x < window.right();
            painter.fillRect(QRectF(x, height() - 2 - h, barWidth, h), seen ? inside : outside);
        }
        x += barPitch;
    }
    if (const QRectF forgotten = forgottenRect(); !forgotten.isEmpty()) {
        painter.fillRect(forgotten, makeForgottenHatch(theme, devicePixelRatioF()));
        painter.fillRect(QRectF(std::round(forgotten.right()) - 1, 1, 1, height() - 2), theme.dimText);
    }
    painter.translate(1, 0);
    for (const QRectF &blocked : blockedStretches(m_view.store().marks(), scale(), height() - 4))
        painter.fillRect(blocked.translated(0, 2), theme.blocking);
    m_notes.paintTicks(painter, theme, scale(), height());
    if (m_view.isReplaying()) {
        const double at = std::round(scale().x(m_view.playhead()->time()));
        QColor veil = theme.base;
        veil.setAlphaF(0.66F);
        painter.fillRect(QRectF(at + 1, 1, width() - 3 - at, height() - 2), veil);
        painter.fillRect(QRectF(at - 1, 1, 2, height() - 2), theme.accent);
    }
}

QString Minimap::tipAt(double x) const
{
    const int bars = std::max(1, (width() - 2) / barPitch);
    const int bar = std::clamp(int(x - 2) / barPitch, 0, bars - 1);
    const TimeRange range = scale().range();
    const auto edge = [&](int i) {
        return range.begin + Time {std::int64_t(double(range.length().count()) * i / bars)};
    };
    const QString tip = utilizationTip(m_view.store(), {edge(bar), edge(bar + 1)});
    if (!forgottenRect().contains(QPointF(x, height() / 2.0)))
        return tip;
    return forgottenTip(m_view.store()) + QLatin1Char('\n') + tip;
}

Minimap::Grip Minimap::gripAt(double x) const
{
    const QRectF window = windowRect();
    const bool wide = window.width() > 4 * gripReach;
    if (wide && std::abs(x - window.left()) <= gripReach)
        return Grip::Left;
    if (wide && std::abs(x - window.right()) <= gripReach)
        return Grip::Right;
    return x >= window.left() && x <= window.right() ? Grip::Window : Grip::None;
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const double x = event->position().x();
    m_dragX = x;
    m_grip = Grip::None;
    const model::Note *note = m_notes.list().note(noteAt(x));
    if (note && !m_view.range().contains(note->time))
        return m_notes.goTo(note->id);
    m_grip = gripAt(x);
    if (m_grip != Grip::None)
        m_view.leave(Jump::Minimap);
    if (m_grip == Grip::None) {
        const TimeRange range = m_view.range();
        const Time begin = scale().time(x - 1) - range.length() / 2;
        m_view.leave(Jump::Minimap);
        m_view.setFollowing(false);
        m_view.setRange({begin, begin + range.length()});
        m_grip = Grip::Window;
    }
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (event->buttons() & Qt::LeftButton) {
        drag(x);
        return;
    }
    const Grip grip = gripAt(x);
    setCursor(grip == Grip::Window                        ? Qt::OpenHandCursor
              : grip == Grip::Left || grip == Grip::Right ? Qt::SizeHorCursor
                                                          : Qt::PointingHandCursor);
}

void Minimap::drag(double x)
{
    const TimeScale scale = this->scale();
    const Time by = scale.time(x) - scale.time(m_dragX);
    if (m_grip == Grip::None || by == Time::zero())
        return;
    TimeRange range = m_view.range();
    if (m_grip != Grip::Right)
        range.begin += by;
    if (m_grip != Grip::Left)
        range.end += by;
    if (range.length() < shortestView)
        return;
    m_view.setFollowing(false);
    m_view.setRange(range);
    m_dragX = x;
}

void Minimap::mouseReleaseEvent(QMouseEvent *) { m_grip = Grip::None; }

void Minimap::wheelEvent(QWheelEvent *event)
{
    const double notches = event->angleDelta().y() / 120.0;
    m_view.zoom(scale().time(event->position().x() - 1), std::pow(0.8, notches));
}

} // namespace coroscope::ui
