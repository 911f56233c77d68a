// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Quantity)
};

struct Scale
{
    double factor;
    const char *unit;
};
constexpr std::array<Scale, 5> scales {{{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}, {1, "B"}}};

const Scale &scaleOf(double bytes)
{
    return *std::find_if(scales.begin(), scales.end() - 1, [&](const Scale &s) { return bytes >= s.factor; });
}

QString number(double bytes, const Scale &scale)
{
    return QLocale().toString(bytes / scale.factor, 'f', scale.factor > 1 ? 1 : 0);
}

} // namespace

QString formatBytes(double bytes)
{
    const Scale &scale = scaleOf(bytes);
    return QStringLiteral("%1 %2").arg(number(bytes, scale), QLatin1String(scale.unit));
}

QString formatProgress(const model::Progress &progress)
{
    const bool bytes = progress.unit == trace::ProgressUnit::Bytes;
    if (!progress.total)
        return bytes ? formatBytes(double(progress.done)) : QLocale().toString(progress.done);
    if (!bytes)
        return Words::tr("%1 of %2")
            .arg(QLocale().toString(progress.done), QLocale().toString(*progress.total));
    const Scale &scale = scaleOf(double(*progress.total));
    return Words::tr("%1 of %2 %3", "done, total, unit: 48.2 of 268.4 MB")
        .arg(number(double(progress.done), scale), number(double(*progress.total), scale),
             QLatin1String(scale.unit));
}

std::optional<double> fraction(const std::optional<model::Progress> &progress)
{
    if (!progress || !progress->total || *progress->total == 0)
        return {};
    return std::min(1.0, double(progress->done) / double(*progress->total));
}

QString formatPercent(double part)
{
    const double percent = part * 100;
    return Words::tr("%1\u00a0%", "a percentage, not to be broken")
        .arg(QLocale().toString(percent, 'f', percent > 0 && percent < 9.95 ? 1 : 0));
}

} // namespace coroscope::ui
