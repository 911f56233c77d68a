// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/flame/flameview.h"

#include "ui/contrast.h"
#include "ui/durations.h"
#include "ui/quantities.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace coroscope::ui {

using Weight = model::FlameGraph::Weight;

constexpr double gap = 1;
constexpr double leastTextWidth = 22;
constexpr double textMargin = 5;

/// As much of a qualified name as fits: "coroscope::download::transfer", "download::transfer", "transfer".
static QString fitting(const QString &name, const QFontMetrics &metrics, double width)
{
    QString text = name;
    const auto separator = QLatin1String("::");
    while (metrics.horizontalAdvance(text) > width) {
        const auto at = text.indexOf(separator);
        if (at < 0 || text.contains(QLatin1Char(' ')))
            return metrics.elidedText(text, Qt::ElideRight, int(width));
        text.remove(0, at + separator.size());
    }
    return text;
}

FlameView::FlameView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("flame"));
    setAccessibleName(tr("Flame graph"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(10, 0, 10, 0);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
}

int FlameView::rowHeight() const { return fontMetrics().height() + 6; }

void FlameView::show(FlamePicture picture)
{
    const auto isStill = [&](Index i) {
        return i < picture.size() && i < m_picture.size() && picture.frame(i).name == m_picture.frame(i).name
               && picture.frame(i).depth == m_picture.frame(i).depth && picture.total(i) > model::Time {};
    };
    const Index zoom = isStill(m_zoom) ? m_zoom : 0;
    m_focused = isStill(m_focused) ? m_focused : 0;
    if (m_hovered && !isStill(*m_hovered))
        m_hovered.reset();
    m_picture = std::move(picture);
    if (zoom != std::exchange(m_zoom, zoom))
        emit zoomChanged();
    layOut();
    emit currentChanged(); // its figures
}

void FlameView::setSearch(const QString &text)
{
    m_search = text.trimmed();
    viewport()->update();
}

bool FlameView::matches(Index frame) const
{
    return !m_search.isEmpty() && frame != 0
           && m_picture.frame(frame).name.contains(m_search, Qt::CaseInsensitive);
}

std::optional<double> FlameView::found() const
{
    if (m_search.isEmpty() || m_picture.isEmpty())
        return {};
    double sum = 0;
    std::vector<bool> inside(m_picture.size()); // itself or a frame above matches
    for (Index i = 1; i < m_picture.size(); ++i) {
        const bool above = inside[m_picture.frame(i).parent];
        const bool here = !above && matches(i);
        if (here)
            sum += m_picture.share(i);
        inside[i] = above || here;
    }
    return sum;
}

void FlameView::zoomTo(Index frame)
{
    if (frame >= m_picture.size() || m_picture.total(frame) <= model::Time {} || frame == m_zoom)
        return;
    m_zoom = frame;
    layOut();
    focus(frame);
    emit zoomChanged();
}

void FlameView::layOut()
{
    m_boxes = layOutFlame(m_picture, m_zoom, viewport()->width());
    const int height = m_boxes.empty() ? 0 : int(m_boxes.back().row + 1) * rowHeight() + 2;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    viewport()->update();
}

void FlameView::resizeEvent(QResizeEvent *) { layOut(); }

QRectF FlameView::rectOf(const FlameBox &box) const
{
    const double width = std::max(1.0, box.right - box.left - gap);
    return {box.left, double(box.row) * rowHeight() - verticalScrollBar()->value() + 1, width,
            rowHeight() - gap};
}

const FlameBox *FlameView::boxOf(Index frame) const
{
    const auto found = std::find_if(m_boxes.begin(), m_boxes.end(), [frame](const FlameBox &box) {
        return box.frame == frame && box.narrow == 0;
    });
    return found == m_boxes.end() ? nullptr : &*found;
}

QRectF FlameView::rectOf(Index frame) const
{
    const FlameBox *box = boxOf(frame);
    return box ? rectOf(*box) : QRectF();
}

const FlameBox *FlameView::boxAt(const QPointF &pos) const
{
    const double y = pos.y() + verticalScrollBar()->value() - 1;
    if (y < 0)
        return nullptr;
    const auto row = std::uint32_t(y) / std::uint32_t(rowHeight());
    const auto found = std::find_if(m_boxes.begin(), m_boxes.end(), [&](const FlameBox &box) {
        return box.row == row && pos.x() >= box.left && pos.x() < box.right;
    });
    return found == m_boxes.end() ? nullptr : &*found;
}

QString FlameView::textOf(Index i) const
{
    if (i >= m_picture.size() || m_picture.isEmpty())
        return {};
    const FlamePicture::Frame &frame = m_picture.frame(i);
    const bool busy = m_picture.weight() == Weight::Busy;
    QStringList parts;
    parts << (i == 0 ? tr("All") : frame.name);
    parts << (busy ? tr("%1 busy, %2 of all") : tr("%1 waiting, %2 of all"))
                 .arg(formatDuration(m_picture.total(i)), formatPercent(m_picture.share(i)));
    if (!frame.isReason && i != 0) {
        if (busy)
            parts << tr("%1 itself").arg(formatDuration(m_picture.self(i)));
        parts << (frame.tasks == 1
                      ? tr("1 coroutine")
                      : tr("%1 coroutines", nullptr, int(frame.tasks)).arg(QLocale().toString(frame.tasks)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString FlameView::tipOf(const FlameBox &box) const
{
    return box.narrow > 1 ? tr("%n frames too narrow to show; zoom in", nullptr, int(box.narrow))
                          : textOf(box.frame);
}

// --- drawing ---------------------------------------------------------------------------------------------

void FlameView::drawBox(QPainter &painter, const FlameBox &box, const Theme &theme) const
{
    const QRectF rect = rectOf(box);
    if (box.narrow > 0) {
        painter.fillRect(rect, theme.grid);
        return;
    }
    const FlamePicture::Frame &frame = m_picture.frame(box.frame);
    const Hue &hue = theme.hue(frame.category);
    const bool busy = m_picture.weight() == Weight::Busy;
    const bool faded = !m_search.isEmpty() && !matches(box.frame);
    QColor fill = busy ? hue.solid : hue.tint;
    QColor text = busy ? theme.onSolid : theme.text;
    QColor outline = Qt::transparent;
    if (faded || box.isAncestor) {
        fill = faded ? theme.base : theme.window;
        outline = theme.border;
        text = faded ? theme.dimText : theme.text;
    } else if (box.frame == 0) {
        fill = theme.selectedRow;
        text = theme.text;
    } else if (frame.isReason) {
        fill = theme.base;
        outline = hue.solid;
    }
    painter.setPen(outline);
    painter.setBrush(fill);
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    if (!m_search.isEmpty() && !faded) {
        painter.setPen(QPen(theme.text, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(1, 1, -1, -1));
    }
    if (rect.width() < leastTextWidth)
        return;
    const QRectF inner = rect.adjusted(textMargin, 0, -textMargin, 0);
    const QString name = fitting(box.frame == 0 ? tr("all") : frame.name, fontMetrics(), inner.width());
    const QString figure = formatDuration(m_picture.total(box.frame));
    const double figureWidth = fontMetrics().horizontalAdvance(figure);
    painter.setPen(text);
    if (fontMetrics().horizontalAdvance(name) + figureWidth + 14 <= inner.width())
        painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, figure);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, name);
}

void FlameView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme &theme = Theme::of(palette());
    const QRectF seen = viewport()->rect();
    for (const FlameBox &box : m_boxes) {
        if (rectOf(box).intersects(seen))
            drawBox(painter, box, theme);
    }
    const auto mark = [&](Index frame, const QColor &color, double width) {
        if (const FlameBox *box = boxOf(frame)) {
            painter.setPen(QPen(color, width));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rectOf(*box).adjusted(width / 2, width / 2, -width / 2, -width / 2));
        }
    };
    if (m_hovered)
        mark(*m_hovered, theme.text, 1);
    if (hasFocus())
        mark(m_focused, theme.accent, 2);
}

// --- mouse and keys --------------------------------------------------------------------------------------

void FlameView::mouseMoveEvent(QMouseEvent *event)
{
    const FlameBox *box = boxAt(event->position());
    const auto now = box && box->narrow <= 1 ? std::optional(box->frame) : std::nullopt;
    viewport()->setCursor(now ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (now == m_hovered)
        return;
    m_hovered = now;
    viewport()->update();
    emit currentChanged();
}

void FlameView::mousePressEvent(QMouseEvent *event)
{
    const FlameBox *box = boxAt(event->position());
    if (event->button() != Qt::LeftButton || !box || box->narrow > 1)
        return;
    const Index frame = box->frame;
    focus(frame);
    zoomTo(frame);
}

bool FlameView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const FlameBox *box = boxAt(help->pos()))
            QToolTip::showText(help->globalPos(), tipOf(*box).toHtmlEscaped(), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered) {
        m_hovered.reset();
        viewport()->update();
        emit currentChanged();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void FlameView::focus(Index frame)
{
    if (frame >= m_picture.size())
        return;
    m_focused = frame;
    if (const FlameBox *box = boxOf(frame)) {
        const int top = int(box->row) * rowHeight();
        QScrollBar *bar = verticalScrollBar();
        if (top < bar->value())
            bar->setValue(top);
        else if (top + rowHeight() + 2 > bar->value() + viewport()->height())
            bar->setValue(top + rowHeight() + 2 - viewport()->height());
    }
    setAccessibleDescription(textOf(frame));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    viewport()->update();
    emit currentChanged();
}

/// The frame to the left or right in the same row; itself where there is none.
FlameView::Index FlameView::sibling(int step) const
{
    std::vector<Index> row;
    const FlameBox *own = boxOf(m_focused);
    for (const FlameBox &box : m_boxes) {
        if (own && box.row == own->row && box.narrow == 0)
            row.push_back(box.frame);
    }
    const auto at = std::find(row.begin(), row.end(), m_focused) - row.begin() + step;
    return at >= 0 && at < std::ptrdiff_t(row.size()) ? row[std::size_t(at)] : m_focused;
}

FlameView::Index FlameView::heaviestChild(Index frame) const
{
    Index heaviest = frame;
    for (const FlameBox &box : m_boxes) {
        if (box.narrow > 0 || box.frame == 0 || m_picture.frame(box.frame).parent != frame)
            continue;
        if (heaviest == frame || m_picture.total(box.frame) > m_picture.total(heaviest))
            heaviest = box.frame;
    }
    return heaviest;
}

void FlameView::keyPressEvent(QKeyEvent *event)
{
    if (m_picture.isEmpty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    m_hovered.reset();
    switch (event->key()) {
    case Qt::Key_Left:
        focus(sibling(-1));
        break;
    case Qt::Key_Right:
        focus(sibling(1));
        break;
    case Qt::Key_Up:
        focus(m_picture.frame(m_focused).parent);
        break;
    case Qt::Key_Down:
        focus(heaviestChild(m_focused));
        break;
    case Qt::Key_Home:
        focus(0);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        zoomTo(m_focused);
        break;
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        if (m_zoom == 0) {
            QAbstractScrollArea::keyPressEvent(event);
            return;
        }
        zoomTo(event->key() == Qt::Key_Escape ? 0 : m_picture.frame(m_zoom).parent);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void FlameView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (!boxOf(m_focused))
        m_focused = m_zoom;
    focus(m_focused);
}

void FlameView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace coroscope::ui
