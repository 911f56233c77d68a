// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloaddelegate.h"

#include "ui/downloads/downloadglyph.h"
#include "ui/downloads/downloadmodel.h"
#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace coroscope::ui {

using download::ItemState;

namespace {

constexpr int glyphSize = 10;
constexpr int glyphGap = 9;
constexpr int barHeight = 6;
constexpr double stripe = 12;

/// Depth says whether it runs; color stays the kind's, but for what failed.
QColor barColor(const Theme &theme, ItemState state)
{
    const Hue &hue = theme.hue(QLatin1String("download"));
    switch (state) {
    case ItemState::Active:
    case ItemState::Waiting:
        return hue.solid;
    case ItemState::Done:
        return hue.hatch;
    case ItemState::Failed:
        return theme.bad;
    case ItemState::Cancelled:
        return theme.border;
    default:
        return hue.hatch;
    }
}

void paintStripes(QPainter *painter, const QRectF &bar, int phase, const QColor &color)
{
    QPainterPath clip;
    clip.addRoundedRect(bar, bar.height() / 2, bar.height() / 2);
    painter->setClipPath(clip, Qt::IntersectClip);
    painter->setPen(QPen(color, stripe / 3));
    const double offset = phase % 4 * stripe / 4;
    for (double x = bar.left() - stripe + offset; x < bar.right() + stripe; x += stripe)
        painter->drawLine(QPointF(x, bar.bottom() + 1), QPointF(x + bar.height() + 2, bar.top() - 1));
    painter->setClipping(false);
}

} // namespace

void DownloadDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option, index, theme);
    const auto column = DownloadColumn(index.column());
    if (column == DownloadColumn::Progress) {
        paintBar(painter, option, index, theme);
        painter->restore();
        return;
    }
    QRect inner = option.rect.adjusted(margin, 0, -margin, 0);
    if (column == DownloadColumn::Name) {
        const QRectF box(inner.left(), inner.center().y() - glyphSize / 2 + 1, glyphSize, glyphSize);
        drawDownloadGlyph(*painter, box, ItemState(index.data(DownloadModel::StateRole).toInt()), theme);
        inner.setLeft(inner.left() + glyphSize + glyphGap);
    }
    painter->setFont(option.font);
    painter->setPen(toneColor(theme, Tone(index.data(DownloadModel::ToneRole).toInt())));
    // What tells files apart stands at both ends of their names.
    const auto elide = column == DownloadColumn::Name ? Qt::ElideMiddle : Qt::ElideRight;
    const QString text = option.fontMetrics.elidedText(index.data().toString(), elide, inner.width());
    painter->drawText(inner, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine, text);
    painter->restore();
}

void DownloadDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index, const Theme &theme) const
{
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme.selectedRow);
        const bool leftmost = option.rect.left() <= 0
                              || option.viewItemPosition == QStyleOptionViewItem::Beginning;
        if (leftmost && (option.state & QStyle::State_Active))
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())), theme.accent);
    } else if (index.row() == m_hoveredRow) {
        painter->fillRect(option.rect, theme.hoveredRow);
    }
}

void DownloadDelegate::paintBar(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const Theme &theme)
{
    const auto state = ItemState(index.data(DownloadModel::StateRole).toInt());
    const QVariant part = index.data(DownloadModel::PartRole);
    const QRect inner = option.rect.adjusted(margin, 0, -margin, 0);
    const int label = option.fontMetrics.horizontalAdvance(QStringLiteral("100\u00a0%")) + 8;
    QRectF bar(inner.left(), inner.center().y() - barHeight / 2 + 1, std::max(0, inner.width() - label),
               barHeight);
    if (!part.isValid() && state != ItemState::Active)
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.border);
    painter->drawRoundedRect(bar, barHeight / 2., barHeight / 2.);
    if (!part.isValid()) {
        bar.setWidth(inner.width() - label);
        paintStripes(painter, bar, index.data(DownloadModel::PhaseRole).toInt(), barColor(theme, state));
        return;
    }
    QRectF done = bar;
    done.setWidth(bar.width() * part.toDouble());
    if (done.width() > 0) {
        done.setWidth(std::max<double>(barHeight, done.width()));
        painter->setBrush(barColor(theme, state));
        painter->drawRoundedRect(done, barHeight / 2., barHeight / 2.);
    }
    painter->setFont(option.font);
    painter->setPen(state == ItemState::Active ? theme.text : theme.dimText);
    painter->drawText(inner, int(Qt::AlignVCenter | Qt::AlignRight) | Qt::TextSingleLine,
                      index.data().toString());
}

QSize DownloadDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int glyph = DownloadColumn(index.column()) == DownloadColumn::Name ? glyphSize + glyphGap : 0;
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * margin + 2 + glyph,
            option.fontMetrics.height() + 8};
}

} // namespace coroscope::ui
