// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <cmath>
#include <optional>

namespace coroscope::download {

/// Bytes a second, smoothed over some three seconds, from the growing number of bytes that have come.
class SpeedMeter
{
public:
    using Clock = std::chrono::steady_clock;

    double update(qint64 bytes, Clock::time_point now)
    {
        if (!m_last) {
            m_last = now;
            m_bytes = bytes;
            return m_speed;
        }
        const std::chrono::duration<double> passed = now - *m_last;
        if (passed < std::chrono::milliseconds(20))
            return m_speed;
        const double current = double(std::max<qint64>(0, bytes - m_bytes)) / passed.count();
        // The mean of what came so far, until there is enough of it to smooth.
        m_measured += passed;
        const double age = std::min(m_measured.count(), timeConstant.count());
        m_speed += (current - m_speed) * (1 - std::exp(-passed.count() / std::max(age, passed.count())));
        if (m_measured == passed)
            m_speed = current;
        m_last = now;
        m_bytes = bytes;
        return m_speed;
    }
    void reset() { *this = {}; }
    double bytesPerSecond() const { return m_speed; }

private:
    static constexpr std::chrono::duration<double> timeConstant {3.0};
    std::optional<Clock::time_point> m_last;
    std::chrono::duration<double> m_measured {0};
    qint64 m_bytes = 0;
    double m_speed = 0;
};

} // namespace coroscope::download
