// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanepainter.h"

#include "ui/contrast.h"
#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/outcomeglyph.h"

#include <QPainter>
#include <QPixmap>

#include <cmath>

namespace coroscope::ui {

constexpr double padding = 6;
constexpr double fontScale = 0.87; ///< bars hold smaller letters than the names beside them

static QFont barFont(QFont font, QFont::Weight weight)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(9, static_cast<int>(std::lround(font.pixelSize() * fontScale))));
    else
        font.setPointSizeF(font.pointSizeF() * fontScale);
    font.setWeight(weight);
    return font;
}

/// Stripes from bottom left to top right that go on from tile to tile.
static QBrush makeHatch(const QColor &stripe, const QColor &ground, double pixelRatio)
{
    constexpr int size = 8;
    QPixmap tile(QSize(size, size) * pixelRatio);
    tile.setDevicePixelRatio(pixelRatio);
    tile.fill(ground);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(stripe, 2.4, Qt::SolidLine, Qt::SquareCap));
    for (const int shift : {-size, 0, size})
        painter.drawLine(QPointF(shift, size), QPointF(shift + size, 0));
    painter.end();
    QBrush brush(tile);
    return brush;
}

LanePainter::LanePainter(const Theme &theme, const QFont &font, double pixelRatio)
    : m_theme(theme)
    , m_pixelRatio(pixelRatio)
    , m_texts(barFont(font, QFont::Normal))
    , m_boldTexts(barFont(font, QFont::DemiBold))
    , m_letter(m_texts.width(QStringLiteral("waits for 4 tasks")) / 17)
{ }

LanePainter::Colors LanePainter::makeColors(const Hue &hue, const QColor &ground) const
{
    Colors colors;
    colors.solid = hue.solid;
    colors.tint = mixed(hue.color, ground, 0.2);
    for (std::size_t i = 0; i < colors.mixed.size(); ++i) {
        const double share = 0.45
                             + 0.55 * static_cast<double>(i) / static_cast<double>(colors.mixed.size() - 1);
        colors.mixed[i] = mixed(hue.solid, ground, share);
    }
    colors.hatch = makeHatch(mixed(hue.solid, ground, m_theme.dark ? 0.6 : 0.55), colors.tint, m_pixelRatio);
    return colors;
}

const LanePainter::Colors &LanePainter::colors(QAnyStringView category, const QColor &ground)
{
    const Hue *hue = &m_theme.hue(category);
    const std::pair key {hue, ground.rgb()};
    const auto found = m_colors.constFind(key);
    if (found != m_colors.cend())
        return *found;
    return *m_colors.insert(key, makeColors(*hue, ground));
}

void LanePainter::draw(QPainter &painter, const Row &row, const model::TraceStore &store,
                       const LaneShapes &shapes)
{
    TaskId task;
    const Colors *colors = nullptr;
    for (const LaneShape &shape : shapes.shapes) {
        if (!colors || shape.task != task) {
            task = shape.task;
            const model::Task *known = store.task(task);
            colors = &this->colors(known ? QAnyStringView(known->category) : QAnyStringView(), row.ground);
        }
        drawShape(painter, row, *colors, shape);
        if (!shape.text.isEmpty())
            drawText(painter, row, shape);
    }
    if (shapes.cap && colors)
        drawCap(painter, row, *colors, *shapes.cap);
    else if (shapes.cap)
        drawCap(painter, row, this->colors({}, row.ground), *shapes.cap);
}

/// A rectangle whose corners are off by a device pixel: round enough at this size, and ten times as fast.
static void fillRounded(QPainter &painter, const QRectF &rect, const QColor &color, double pixel)
{
    if (rect.width() < 4) {
        painter.fillRect(rect, color);
        return;
    }
    painter.fillRect(rect.adjusted(0, pixel, 0, -pixel), color);
    painter.fillRect(QRectF(rect.left() + pixel, rect.top(), rect.width() - 2 * pixel, pixel), color);
    painter.fillRect(QRectF(rect.left() + pixel, rect.bottom() - pixel, rect.width() - 2 * pixel, pixel),
                     color);
}

void LanePainter::drawShape(QPainter &painter, const Row &row, const Colors &colors, const LaneShape &shape)
{
    using Kind = LaneShape::Kind;
    const bool low = shape.kind == Kind::Waiting || shape.kind == Kind::Ready;
    const int height = low ? LaneGeometry::waitHeight : LaneGeometry::barHeight;
    const QRectF rect(shape.left, row.center - height / 2, shape.right - shape.left, height);
    switch (shape.kind) {
    case Kind::Waiting:
        painter.fillRect(rect, colors.tint);
        break;
    case Kind::Ready:
        painter.fillRect(rect, colors.hatch);
        break;
    case Kind::Mixed: {
        const double density = std::clamp(static_cast<double>(shape.density), 0.0, 1.0);
        const auto depth = std::lround(std::sqrt(density) * static_cast<double>(colors.mixed.size() - 1));
        painter.fillRect(rect, colors.mixed[static_cast<std::size_t>(depth)]);
        break;
    }
    case Kind::Running:
        fillRounded(painter, rect, colors.solid, 1 / m_pixelRatio);
        break;
    case Kind::Blocking:
        fillRounded(painter, rect, m_theme.blocking, 1 / m_pixelRatio);
        break;
    }
}

void LanePainter::drawText(QPainter &painter, const Row &row, const LaneShape &shape)
{
    const bool solid = shape.kind >= LaneShape::Kind::Running;
    const double left = std::max(0.0, shape.left) + padding;
    const double room = std::min(shape.right, row.width) - left - padding / 2;
    painter.setPen(solid ? m_theme.onSolid : m_theme.text);
    TextCache &texts = shape.kind == LaneShape::Kind::Blocking ? m_boldTexts : m_texts;
    texts.draw(painter, left, row.center, shape.text, room);
}

void LanePainter::drawCap(QPainter &painter, const Row &row, const Colors &colors, const EndCap &cap)
{
    using model::TaskState;
    const double x = std::round(cap.x * m_pixelRatio) / m_pixelRatio + 1;
    const double top = row.center - LaneGeometry::barHeight / 2;
    const bool bad = cap.state == TaskState::Failed || cap.state == TaskState::Lost;
    if (cap.state == TaskState::Cancelled) {
        for (int y = 0; y < LaneGeometry::barHeight; y += 4)
            painter.fillRect(QRectF(x, top + y, 3, 2), m_theme.cancelled);
    } else {
        painter.fillRect(QRectF(x, top, 3, LaneGeometry::barHeight), bad ? m_theme.blocking : colors.solid);
    }
    const QColor ink = bad                                 ? m_theme.bad
                       : cap.state == TaskState::Cancelled ? m_theme.cancelled
                                                           : m_theme.good;
    constexpr double glyph = 9;
    drawOutcomeGlyph(painter, QRectF(x + 8, row.center - glyph / 2, glyph, glyph), cap.state, ink);
    painter.setPen(ink);
    const double left = x + 8 + glyph + 4;
    m_boldTexts.draw(painter, left, row.center, cap.text, row.width - left - 4);
}

} // namespace coroscope::ui
