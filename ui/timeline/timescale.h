// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <QString>

#include <vector>

/// Time ↔ pixel, as pure functions. Pixels are logical and may be fractions.
namespace coroscope::ui {

using model::Time;

/// A stretch of a session, end excluded.
struct TimeRange
{
    Time begin {};
    Time end {};

    constexpr Time length() const { return end - begin; }
    constexpr bool contains(Time t) const { return t >= begin && t < end; }
    friend constexpr bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// No view is shorter: below, the clock's own steps would show.
constexpr Time shortestView {1'000};
/// Nor longer: a week.
constexpr Time longestView {7LL * 24 * 3600 * 1'000'000'000};

/// Maps `range` onto pixels 0 … `width`.
class TimeScale
{
public:
    TimeScale() = default;
    TimeScale(TimeRange range, double width);

    double x(Time time) const { return static_cast<double>((time - m_range.begin).count()) * m_pixelsPerNs; }
    Time time(double x) const;
    /// How long a pixel of a screen with `pixelRatio` device pixels a pixel is; 1 ns at least.
    Time resolution(double pixelRatio = 1) const;
    TimeRange range() const { return m_range; }
    double width() const { return m_width; }

private:
    TimeRange m_range {Time {0}, Time {1}};
    double m_width = 1;
    double m_pixelsPerNs = 1;
};

/// `range` `factor` times as long, `anchor` at the same place in it. Kept between shortestView and
/// longestView.
TimeRange zoomed(TimeRange range, Time anchor, double factor);
/// `range` moved by `share` of its length.
TimeRange panned(TimeRange range, double share);
/// The least change of `range` that shows all of `wanted`; where that doesn't fit, its begin.
TimeRange revealing(TimeRange range, TimeRange wanted);
/// `range` widened at both ends by `share` of its length, shortestView at least.
TimeRange padded(TimeRange range, double share);

struct Tick
{
    Time time {};
    QString label;
};

/// The step of a ruler whose ticks are at least `minimumPixels` apart: 1, 2 or 5 (or 2.5) times a power of
/// ten; from a minute on, what a clock has.
Time tickStep(const TimeScale &scale, double minimumPixels);
/// The ticks inside the scale's range, from 0 on.
std::vector<Tick> ticks(const TimeScale &scale, double minimumPixels);

} // namespace coroscope::ui
