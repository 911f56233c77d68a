// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <vector>

class QPainter;
class QRect;

namespace coroscope::ui {

struct Theme;

/// How long the last pictures took to paint, for who works on the timeline.
class FrameTimes
{
public:
    using Duration = std::chrono::nanoseconds;

    void add(Duration time, std::size_t spans);
    std::size_t count() const { return m_times.size(); }
    Duration last() const { return m_last; }
    /// Of the last few hundred: `share` of them took no longer.
    Duration percentile(double share) const;
    /// "last 1.25 ms, median 1.10 ms, p99 3.00 ms, 812 spans".
    QString text() const;
    /// In the upper right corner of `rect`.
    void paint(QPainter &painter, const Theme &theme, const QRect &rect) const;

private:
    std::vector<Duration> m_times; ///< a ring
    std::size_t m_next = 0;
    Duration m_last {};
    std::size_t m_spans = 0;
};

} // namespace coroscope::ui
