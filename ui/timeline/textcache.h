// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QStaticText>

class QPainter;

namespace coroscope::ui {

/// Draws short texts of one font many times over: laying a text out costs ten times what drawing it does.
class TextCache
{
public:
    explicit TextCache(const QFont &font);

    const QFont &font() const { return m_font; }
    double width(const QString &text);
    /// Left-aligned, vertically centered on `center`, elided where `room` is too short; nothing where not
    /// even a few letters fit. The painter's pen is used.
    void draw(QPainter &painter, double left, double center, const QString &text, double room);

private:
    struct Laid
    {
        QStaticText text;
        double width = 0;
    };
    Laid &laid(const QString &text);

    QFont m_font;
    QFontMetricsF m_metrics;
    QHash<QString, Laid> m_laid;
    QHash<std::pair<QString, int>, QString> m_elided;
};

} // namespace coroscope::ui
