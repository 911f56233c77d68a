// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/textcache.h"

#include <QPainter>

#include <cmath>

namespace coroscope::ui {

/// Texts with a changing number in them would pile up.
constexpr qsizetype mostTexts = 4000;
constexpr double leastElided = 36; ///< below, a letter and three dots tell nothing

TextCache::TextCache(const QFont &font)
    : m_font(font)
    , m_metrics(font)
{ }

TextCache::Laid &TextCache::laid(const QString &text)
{
    const auto found = m_laid.find(text);
    if (found != m_laid.end())
        return *found;
    if (m_laid.size() >= mostTexts)
        m_laid.clear();
    Laid laid {QStaticText(text), 0};
    laid.text.setTextFormat(Qt::PlainText);
    laid.text.setPerformanceHint(QStaticText::AggressiveCaching);
    laid.text.prepare({}, m_font);
    laid.width = laid.text.size().width();
    return *m_laid.insert(text, laid);
}

double TextCache::width(const QString &text) { return laid(text).width; }

void TextCache::draw(QPainter &painter, double left, double center, const QString &text, double room)
{
    if (text.isEmpty() || room < 6)
        return;
    Laid *what = &laid(text);
    if (what->width > room) {
        if (room < leastElided)
            return;
        const std::pair key {text, static_cast<int>(room)};
        auto elided = m_elided.find(key);
        if (elided == m_elided.end()) {
            if (m_elided.size() >= mostTexts)
                m_elided.clear();
            elided = m_elided.insert(key, m_metrics.elidedText(text, Qt::ElideRight, room));
        }
        if (elided->size() < 2)
            return;
        what = &laid(*elided);
    }
    painter.setFont(m_font);
    painter.drawStaticText(QPointF(left, std::round(center - what->text.size().height() / 2)), what->text);
}

} // namespace coroscope::ui
