// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/forgottenstretch.h"

#include "ui/durations.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPixmap>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::ForgottenStretch)
};

/// Without decimals that say nothing: "512 MB", "1.5 GB".
QString memoryText(std::uint64_t bytes)
{
    constexpr std::array<std::pair<double, const char *>, 3> scales {{{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}}};
    const auto scale = std::ranges::find_if(scales, [&](const auto &s) { return double(bytes) >= s.first; });
    const auto &[factor, unit] = scale == scales.end() ? scales.back() : *scale;
    const double tenths = std::round(double(bytes) / factor * 10);
    return QStringLiteral("%1 %2").arg(QLocale().toString(tenths / 10, 'f',
                                                          std::fmod(tenths, 10) == 0 ? 0 : 1),
                                       QLatin1String(unit));
}

QString timeText(Time time)
{
    using namespace std::chrono_literals;
    if (time % 1h == 0s)
        return Words::tr("%1 h").arg(time / 1h);
    if (time % 1min == 0s)
        return Words::tr("%1 min").arg(time / 1min);
    return formatDuration(time);
}

/// Of what is known, by which the picture of a session reaches further back.
constexpr std::int64_t strip = 8;

} // namespace

QBrush makeForgottenHatch(const Theme &theme, double pixelRatio)
{
    constexpr int size = 6;
    QPixmap tile(QSize(size, size) * pixelRatio);
    tile.setDevicePixelRatio(pixelRatio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor stripe = theme.dimText;
    stripe.setAlphaF(0.45F);
    painter.setPen(QPen(stripe, 1));
    for (const int shift : {-size, 0, size})
        painter.drawLine(QPointF(shift, 0), QPointF(shift + size, size));
    painter.end();
    return QBrush(tile);
}

Time shownSince(const model::TraceStore &store, Time now)
{
    const Time known = store.knownSince();
    return std::max(store.firstTime(), known - std::max(now - known, Time {}) / strip);
}

QString retentionWords(const model::Retention &retention)
{
    QStringList parts;
    if (retention.time)
        parts << timeText(*retention.time);
    if (retention.events)
        parts << Words::tr("%1 events").arg(QLocale().toString(qulonglong(*retention.events)));
    if (retention.memoryBytes)
        parts << memoryText(*retention.memoryBytes);
    return parts.isEmpty() ? QString()
                           : Words::tr("the last %1", "a duration, an amount, or several of them")
                                 .arg(parts.join(Words::tr(", at most ")));
}

static QString withKept(const model::TraceStore &store, const QString &what)
{
    const QString kept = retentionWords(store.retention());
    return kept.isEmpty() ? what : Words::tr("%1; kept are %2").arg(what, kept);
}

QString forgottenTip(const model::TraceStore &store)
{
    const QString events = QLocale().toString(qulonglong(store.figures().forgottenEvents));
    return withKept(store,
                    Words::tr("before %1 forgotten: %2 events")
                        .arg(formatMoment(store.knownSince(), std::chrono::milliseconds(100)), events));
}

QString forgottenTip(const model::TraceStore &store, TaskId lane)
{
    return withKept(store, Words::tr("before %1 forgotten: %2 slices")
                               .arg(formatMoment(store.knownSince(lane), std::chrono::milliseconds(100)),
                                    QLocale().toString(store.firstSlice(lane))));
}

} // namespace coroscope::ui
