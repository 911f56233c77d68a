// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/frametimes.h"

#include "ui/durations.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace coroscope::ui {

namespace {
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::FrameTimes)
};
} // namespace

constexpr std::size_t kept = 300;

void FrameTimes::add(Duration time, std::size_t spans)
{
    if (m_times.size() < kept)
        m_times.push_back(time);
    else
        m_times[m_next] = time;
    m_next = (m_next + 1) % kept;
    m_last = time;
    m_spans = spans;
}

FrameTimes::Duration FrameTimes::percentile(double share) const
{
    if (m_times.empty())
        return {};
    std::vector<Duration> times = m_times;
    const auto last = static_cast<double>(times.size() - 1);
    const auto at = times.begin() + static_cast<std::ptrdiff_t>(share * last + 0.5);
    std::nth_element(times.begin(), at, times.end());
    return *at;
}

QString FrameTimes::text() const
{
    return Texts::tr("last %1, median %2, p99 %3, %4 spans")
        .arg(formatDuration(m_last), formatDuration(percentile(0.5)), formatDuration(percentile(0.99)))
        .arg(m_spans);
}

void FrameTimes::paint(QPainter &painter, const Theme &theme, const QRect &rect) const
{
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    const QString words = text();
    const int width = QFontMetrics(font).horizontalAdvance(words) + 16;
    const QRect box(rect.right() - width - 6, rect.top() + 6, width, 20);
    painter.fillRect(box, theme.flag);
    painter.setPen(theme.onFlag);
    painter.drawText(box, Qt::AlignCenter, words);
}

} // namespace coroscope::ui
