// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/progressstrip.h"

#include "ui/durations.h"
#include "ui/quantities.h"
#include "ui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace coroscope::ui {

using model::Time;
using namespace std::chrono_literals;

/// The rate is that of so many seconds.
static constexpr Time rateWindow = 3s;

ProgressStrip::ProgressStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("progress"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
}

double ProgressStrip::rate(const model::Task &task, Time now)
{
    const auto perSecond = [](std::uint64_t amount, Time time) {
        return time > 0ns ? double(amount) / std::chrono::duration<double>(time).count() : 0;
    };
    if (task.ended)
        return perSecond(task.progress->done, *task.ended - task.started.value_or(task.created));
    if (task.id != m_task)
        m_samples.clear();
    m_task = task.id;
    if (m_samples.empty() || now > m_samples.back().time)
        m_samples.push_back({now, task.progress->done});
    while (m_samples.size() > 2 && now - m_samples[1].time > rateWindow)
        m_samples.pop_front();
    const Sample &first = m_samples.front();
    if (m_samples.size() < 2 || m_samples.back().done < first.done)
        return perSecond(task.progress->done, now - task.started.value_or(task.created));
    return perSecond(m_samples.back().done - first.done, m_samples.back().time - first.time);
}

void ProgressStrip::show(const model::Task &task, Time now)
{
    const model::Progress &progress = *task.progress;
    m_part = fraction(task.progress);
    m_category = task.category.toUtf8();
    QStringList parts {formatProgress(progress)};
    if (const double speed = rate(task, now); speed > 0) {
        const bool bytes = progress.unit == trace::ProgressUnit::Bytes;
        parts << tr("%1/s", "a rate").arg(bytes ? formatBytes(speed) : QLocale().toString(speed, 'f', 1));
        if (progress.total && *progress.total > progress.done && !task.ended) {
            const double seconds = double(*progress.total - progress.done) / speed;
            parts << tr("%1 left").arg(formatDuration(Time(std::int64_t(std::min(seconds, 1e6) * 1e9))));
        }
    }
    m_text = parts.join(QStringLiteral(" · "));
    setAccessibleDescription(m_text);
    setToolTip(m_text);
    update();
}

QSize ProgressStrip::sizeHint() const { return {240, fontMetrics().height() + 6}; }

void ProgressStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    QPainterPath frame;
    frame.addRoundedRect(rect(), 3, 3);
    painter.fillPath(frame, theme.selectedRow);
    const QRectF done(0, 0, width() * m_part.value_or(0), height());
    painter.setClipPath(frame);
    painter.fillRect(done, theme.category(m_category));
    // The text lies over both grounds: each half in the color that is read on its own.
    const QRect inner = rect().adjusted(8, 0, -8, 0);
    const QString text = fontMetrics().elidedText(m_text, Qt::ElideRight, inner.width());
    const auto draw = [&](const QRectF &clip, const QColor &color) {
        painter.setClipRect(clip);
        painter.setPen(color);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, text);
    };
    draw(done, theme.onSolid);
    draw(QRectF(done.right(), 0, width() - done.width(), height()), theme.text);
}

} // namespace coroscope::ui
