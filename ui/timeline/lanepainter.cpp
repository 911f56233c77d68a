// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanepainter.h"

#include "ui/contrast.h"
#include "ui/timeline/forgottenstretch.h"
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
    , m_forgotten(makeForgottenHatch(theme, pixelRatio))
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

const QColor &LanePainter::Colors::of(const LaneShape &shape, const Theme &theme) const
{
    using Kind = LaneShape::Kind;
    switch (shape.kind) {
    case Kind::Forgotten:
    case Kind::Waiting:
    case Kind::Ready:
        return tint;
    case Kind::Mixed:
    case Kind::Running: {
        if (shape.density >= 1)
            return solid;
        // The square root: little is still something.
        const float depth = std::sqrt(std::max(shape.density, 0.0F)) * float(mixed.size() - 1);
        return mixed[static_cast<std::size_t>(depth + 0.5F)];
    }
    case Kind::Blocking:
        break;
    }
    return theme.blocking;
}

void LanePainter::draw(QPainter &painter, const Row &row, const model::TraceStore &store,
                       const LaneShapes &shapes)
{
    const auto width = static_cast<std::size_t>(std::max(1L, std::lround(row.width * m_pixelRatio)));
    for (auto *pixels : {&m_edge, &m_outer, &m_inner})
        pixels->assign(width, 0);
    TaskId task;
    const Colors *colors = &this->colors({}, row.ground);
    const auto colorsOf = [&](TaskId wanted) {
        if (wanted != task) {
            task = wanted;
            const model::Task *known = store.task(task);
            colors = &this->colors(known ? QAnyStringView(known->category) : QAnyStringView(), row.ground);
        }
        return colors;
    };
    for (const LaneShape &shape : shapes.shapes)
        addToStrip(*colorsOf(shape.task), shape);
    drawStrip(painter, row);
    for (const LaneShape &shape : shapes.shapes) {
        if (shape.kind == LaneShape::Kind::Ready || shape.kind == LaneShape::Kind::Forgotten) {
            const QRectF rect(shape.left, row.center - LaneGeometry::waitHeight / 2, shape.right - shape.left,
                              LaneGeometry::waitHeight);
            painter.fillRect(rect, shape.kind == LaneShape::Kind::Ready ? colorsOf(shape.task)->hatch
                                                                        : m_forgotten);
        }
        if (!shape.text.isEmpty())
            drawText(painter, row, shape);
    }
    if (shapes.cap)
        drawCap(painter, row, *colorsOf(row.task), *shapes.cap);
}

void LanePainter::addToStrip(const Colors &colors, const LaneShape &shape)
{
    if (shape.kind == LaneShape::Kind::Forgotten)
        return;
    const auto width = static_cast<long>(m_inner.size());
    const long left = std::clamp(std::lround(shape.left * m_pixelRatio), 0L, width);
    const long right = std::clamp(std::lround(shape.right * m_pixelRatio), left, width);
    const QRgb color = colors.of(shape, m_theme).rgb();
    std::fill(m_inner.begin() + left, m_inner.begin() + right, color);
    if (shape.kind < LaneShape::Kind::Mixed)
        return;
    std::fill(m_outer.begin() + left, m_outer.begin() + right, color);
    const long corner = shape.kind != LaneShape::Kind::Mixed && right - left >= 4 ? 1 : 0;
    std::fill(m_edge.begin() + left + corner, m_edge.begin() + right - corner, color);
}

void LanePainter::drawStrip(QPainter &painter, const Row &row)
{
    const auto pixels = [this](int length) { return static_cast<int>(std::lround(length * m_pixelRatio)); };
    const QSize size(static_cast<int>(m_inner.size()), pixels(LaneGeometry::barHeight));
    if (m_strip.size() != size) {
        m_strip = QImage(size, QImage::Format_ARGB32_Premultiplied);
        m_strip.setDevicePixelRatio(m_pixelRatio);
    }
    const int inset = pixels((LaneGeometry::barHeight - LaneGeometry::waitHeight) / 2);
    for (int y = 0; y < size.height(); ++y) {
        const int fromEdge = std::min(y, size.height() - 1 - y);
        const std::vector<QRgb> &line = fromEdge == 0 ? m_edge : fromEdge < inset ? m_outer : m_inner;
        std::copy(line.begin(), line.end(), reinterpret_cast<QRgb *>(m_strip.scanLine(y)));
    }
    painter.drawImage(QPointF(0, row.center - LaneGeometry::barHeight / 2), m_strip);
}

void LanePainter::drawText(QPainter &painter, const Row &row, const LaneShape &shape)
{
    const bool solid = shape.kind >= LaneShape::Kind::Running;
    const double left = std::max(0.0, shape.left) + padding;
    const double room = std::min(shape.right, row.width) - left - padding / 2;
    painter.setPen(solid                                      ? m_theme.onSolid
                   : shape.kind == LaneShape::Kind::Forgotten ? m_theme.dimText
                                                              : m_theme.text);
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
