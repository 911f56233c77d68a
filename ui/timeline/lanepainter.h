// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"
#include "ui/timeline/laneshapes.h"
#include "ui/timeline/textcache.h"

#include <QBrush>
#include <QHash>

class QPainter;

namespace coroscope::ui {

/// Draws what LaneShaper computed. Keeps fonts, texts and brushes for the next picture.
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
        bool machine = false; ///< a loop or worker: nothing is seen between its slices
    };
    void draw(QPainter &painter, const Row &row, const model::TraceStore &store, const LaneShapes &shapes);

private:
    struct Colors
    {
        QColor solid;
        QColor tint;
        std::array<QColor, 8> mixed; ///< by density
        QBrush hatch;
    };
    const Colors &colors(QAnyStringView category, const QColor &ground);
    Colors makeColors(const Hue &hue, const QColor &ground) const;
    void drawShape(QPainter &painter, const Row &row, const Colors &colors, const LaneShape &shape);
    void drawText(QPainter &painter, const Row &row, const LaneShape &shape);
    void drawCap(QPainter &painter, const Row &row, const Colors &colors, const EndCap &cap);

    const Theme &m_theme;
    double m_pixelRatio;
    TextCache m_texts;
    TextCache m_boldTexts;
    double m_letter;
    QHash<std::pair<const Hue *, QRgb>, Colors> m_colors;
};

} // namespace coroscope::ui
