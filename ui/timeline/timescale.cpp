// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timescale.h"

#include "ui/durations.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace coroscope::ui {

static Time fromNs(double ns) { return Time {std::llround(ns)}; }

TimeScale::TimeScale(TimeRange range, double width)
    : m_range(range)
    , m_width(std::max(1.0, width))
    , m_pixelsPerNs(m_width / static_cast<double>(std::max<std::int64_t>(1, range.length().count())))
{ }

Time TimeScale::time(double x) const { return m_range.begin + fromNs(x / m_pixelsPerNs); }

Time TimeScale::resolution(double pixelRatio) const
{
    return std::max(Time {1}, fromNs(1 / (m_pixelsPerNs * pixelRatio)));
}

TimeRange zoomed(TimeRange range, Time anchor, double factor)
{
    const auto length = static_cast<double>(range.length().count());
    const double wanted = std::clamp(length * factor, static_cast<double>(shortestView.count()),
                                     static_cast<double>(longestView.count()));
    const double before = length > 0 ? static_cast<double>((anchor - range.begin).count()) / length : 0.5;
    const Time begin = anchor - fromNs(before * wanted);
    return {begin, begin + fromNs(wanted)};
}

TimeRange panned(TimeRange range, double share)
{
    const Time by = fromNs(static_cast<double>(range.length().count()) * share);
    return {range.begin + by, range.end + by};
}

TimeRange revealing(TimeRange range, TimeRange wanted)
{
    Time by {};
    if (wanted.begin < range.begin || wanted.length() > range.length())
        by = wanted.begin - range.begin;
    else if (wanted.end > range.end)
        by = wanted.end - range.end;
    return {range.begin + by, range.end + by};
}

TimeRange padded(TimeRange range, double share)
{
    const Time by = fromNs(static_cast<double>(range.length().count()) * share);
    TimeRange result {range.begin - by, range.end + by};
    if (result.length() < shortestView)
        result = zoomed(result, result.begin + result.length() / 2,
                        static_cast<double>(shortestView.count())
                            / static_cast<double>(std::max<std::int64_t>(1, result.length().count())));
    return result;
}

Time tickStep(const TimeScale &scale, double minimumPixels)
{
    const double least = minimumPixels * static_cast<double>(scale.range().length().count()) / scale.width();
    constexpr double minute = 60e9;
    if (least > 25e9) {
        for (const double step : {0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 360.0, 720.0, 1440.0}) {
            if (step * minute >= least)
                return fromNs(step * minute);
        }
        return fromNs(std::ceil(least / (1440 * minute)) * 1440 * minute);
    }
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, least))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least)
            return fromNs(factor * power);
    }
    return fromNs(10 * power);
}

std::vector<Tick> ticks(const TimeScale &scale, double minimumPixels)
{
    const auto step = tickStep(scale, minimumPixels).count();
    const auto first = std::max<std::int64_t>(0, scale.range().begin.count() + step - 1) / step;
    std::vector<Tick> result;
    for (auto i = first; Time {i * step} < scale.range().end; ++i)
        result.push_back({Time {i * step}, formatMoment(Time {i * step}, Time {step})});
    return result;
}

} // namespace coroscope::ui
