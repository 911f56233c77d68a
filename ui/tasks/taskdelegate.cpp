// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskdelegate.h"

#include "ui/tasks/tasklistmodel.h"
#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace coroscope::ui {

namespace {

constexpr int squareSize = 8;
constexpr int squareGap = 10;

/// A triangle with an exclamation mark.
void paintWarning(QPainter *painter, const QRect &cell, const Theme &theme)
{
    const QRectF box(cell.center().x() - 6.5, cell.center().y() - 6, 14, 13);
    QPainterPath triangle;
    triangle.moveTo(box.center().x(), box.top());
    triangle.lineTo(box.bottomRight());
    triangle.lineTo(box.bottomLeft());
    triangle.closeSubpath();
    painter->setPen(QPen(theme.blocking, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(theme.blocking);
    painter->drawPath(triangle);
    painter->setPen(QPen(theme.onSolid, 1.6, Qt::SolidLine, Qt::RoundCap));
    const double x = box.center().x();
    painter->drawLine(QPointF(x, box.top() + 4.5), QPointF(x, box.top() + 8));
    painter->drawPoint(QPointF(x, box.top() + 10.8));
}

/// A bar beneath the text, in the kind's own color.
void paintProgress(QPainter *painter, const QRect &cell, double part, const QColor &color, const Theme &theme)
{
    QRectF bar(cell.left(), cell.bottom() - 3, cell.width(), 3);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.border);
    painter->drawRoundedRect(bar, 1.5, 1.5);
    bar.setWidth(std::max(3.0, bar.width() * part));
    painter->setBrush(color);
    painter->drawRoundedRect(bar, 1.5, 1.5);
}

} // namespace

void TaskDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option, index, theme);

    QRect inner = option.rect.adjusted(margin, 0, -margin, 0);
    if (index.data(TaskListModel::WarningRole).toBool())
        paintWarning(painter, option.rect, theme);
    if (const QVariant category = index.data(TaskListModel::CategoryRole); category.isValid()) {
        const QRectF square(inner.left(), inner.center().y() - squareSize / 2 + 1, squareSize, squareSize);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.category(category.toByteArray()));
        painter->drawRoundedRect(square, 2, 2);
        inner.setLeft(inner.left() + squareSize + squareGap);
    }
    if (const QVariant part = index.data(TaskListModel::ProgressRole); part.isValid()) {
        const int height = option.fontMetrics.height() + 4;
        const QRect bar(inner.left(), inner.center().y() - height / 2, std::min(inner.width(), 90),
                        height + 1);
        paintProgress(painter, bar, part.toDouble(), theme.accent, theme);
        inner.translate(0, -2);
    }
    painter->setFont(option.font);
    painter->setPen(toneColor(theme, Tone(index.data(TaskListModel::ToneRole).toInt())));
    const Qt::Alignment alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    const QString text = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight,
                                                       inner.width());
    painter->drawText(inner,
                      int(alignment ? alignment : Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                      text);
    painter->restore();
}

void TaskDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index, const Theme &theme) const
{
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme.selectedRow);
        const bool leftmost = option.rect.left() <= 0
                              || option.viewItemPosition == QStyleOptionViewItem::Beginning;
        if (leftmost && (option.state & QStyle::State_Active))
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())), theme.accent);
    } else if (m_hovered && index.data(TaskListModel::TaskIdRole).toUInt() == m_hovered.value) {
        painter->fillRect(option.rect, theme.hoveredRow);
    }
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool square = index.data(TaskListModel::CategoryRole).isValid();
    const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
    return {text + 2 * margin + 2 + (square ? squareSize + squareGap : 0), option.fontMetrics.height() + 8};
}

} // namespace coroscope::ui
