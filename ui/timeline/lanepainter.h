// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"
#include "ui/timeline/laneshapes.h"
#include "ui/timeline/textcache.h"

#include <QBrush>
#include <QHash>
#include <QImage>

#include <vector>

class QPainter;

namespace coroscope::ui {

/// Draws what LaneShaper computed. Keeps fonts, texts and brushes for the next picture.
///
/// A lane may have thousands of rectangles of a pixel or two, and a painter takes its time for each. But all
/// stand on the same line: so there are three kinds of pixel rows only, the one that cuts the corners of what
/// runs, those above and below what waits, and those through everything. These are made pixel by pixel and
/// copied as often as they are needed.
class LanePainter
{
public:
    /// For one theme, one font, one screen.
    LanePainter(const Theme &theme, const QFont &font, double pixelRatio);

    const Theme &theme() const { return m_theme; }
    double letterWidth() const { return m_letter; }

    struct Row
    {
        int center = 0;
        double width = 0; ///< of the view
        QColor ground; ///< what waits is tinted over it
        TaskId task; ///< the lane's own
    };
    void draw(QPainter &painter, const Row &row, const model::TraceStore &store, const LaneShapes &shapes);

private:
    struct Colors
    {
        QColor solid;
        QColor tint;
        std::array<QColor, 8> mixed; ///< by density
        QBrush hatch;

        const QColor &of(const LaneShape &shape, const Theme &theme) const;
    };
    const Colors &colors(QAnyStringView category, const QColor &ground);
    Colors makeColors(const Hue &hue, const QColor &ground) const;
    void addToStrip(const Colors &colors, const LaneShape &shape);
    void drawStrip(QPainter &painter, const Row &row);
    void drawText(QPainter &painter, const Row &row, const LaneShape &shape);
    void drawCap(QPainter &painter, const Row &row, const Colors &colors, const EndCap &cap);

    const Theme &m_theme;
    double m_pixelRatio;
    TextCache m_texts;
    TextCache m_boldTexts;
    double m_letter;
    QHash<std::pair<const Hue *, QRgb>, Colors> m_colors;
    QBrush m_forgotten;
    std::vector<QRgb> m_edge; ///< a lane's first and last row of pixels
    std::vector<QRgb> m_outer; ///< rows with what runs
    std::vector<QRgb> m_inner; ///< rows with what waits, too
    QImage m_strip;
};

} // namespace coroscope::ui
