// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/durations.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace coroscope::ui {

using model::Time;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Durations)
public:
    static QString inUnit(int unit, const QString &number)
    {
        switch (unit) {
        case 0:
            return tr("%1 ns").arg(number);
        case 1:
            return tr("%1 µs").arg(number);
        case 2:
            return tr("%1 ms").arg(number);
        default:
            return tr("%1 s").arg(number);
        }
    }
    static QString minutes(std::int64_t m, std::int64_t s)
    {
        return tr("%1 m %2 s").arg(m).arg(s, 2, 10, QLatin1Char('0'));
    }
    static QString hours(std::int64_t h, std::int64_t m)
    {
        return tr("%1 h %2 m").arg(h).arg(m, 2, 10, QLatin1Char('0'));
    }
};

constexpr std::array<double, 4> unitNs {1, 1e3, 1e6, 1e9};

QString clock(Time time, int decimals)
{
    const auto total = time.count() / 1'000'000'000;
    const double seconds = static_cast<double>(total % 60)
                           + static_cast<double>(time.count() % 1'000'000'000) / 1e9;
    const QString tail = QStringLiteral("%1").arg(seconds, decimals > 0 ? 3 + decimals : 2, 'f', decimals,
                                                  QLatin1Char('0'));
    const auto minutes = total / 60;
    if (minutes < 60)
        return QStringLiteral("%1:%2").arg(minutes).arg(tail);
    return QStringLiteral("%1:%2:%3").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0')).arg(tail);
}

} // namespace

QString formatDuration(Time duration)
{
    if (duration < Time::zero())
        return QStringLiteral("−") + formatDuration(-duration);
    const auto ns = static_cast<double>(duration.count());
    if (ns >= 59.95e9) {
        const auto seconds = std::llround(ns / 1e9);
        return seconds < 3600 ? Texts::minutes(seconds / 60, seconds % 60)
                              : Texts::hours(seconds / 3600, seconds / 60 % 60);
    }
    for (std::size_t unit = 0; unit < unitNs.size(); ++unit) {
        const double value = ns / unitNs[unit];
        if (value >= 999.5 && unit + 1 < unitNs.size())
            continue;
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        if (unit == 0 || (unit < 3 && value == std::floor(value)))
            decimals = 0; // "500 ms", but "2.00 s": seconds are compared down the column
        return Texts::inUnit(static_cast<int>(unit), QString::number(value, 'f', decimals));
    }
    return {};
}

QString formatMoment(Time time, Time step)
{
    if (time < Time::zero())
        return QStringLiteral("−") + formatMoment(-time, step);
    const auto stepNs = std::max(1.0, static_cast<double>(step.count()));
    const auto ns = static_cast<double>(time.count());
    const auto decimalsIn = [stepNs](double unit) {
        const double digits = std::ceil(std::log10(unit / stepNs) - 1e-9);
        // A step of 0.25 needs one digit more than one of 0.5.
        const bool quarter = std::abs(std::remainder(stepNs / unit * std::pow(10, digits), 1.0)) > 1e-6;
        return std::max(0, static_cast<int>(digits) + (quarter ? 1 : 0));
    };
    if (ns >= 60e9)
        return clock(time, std::min(decimalsIn(1e9), 9));
    // The unit of the number, not of the step: a ruler reads "1.2000 s", then "1.2005 s".
    const std::size_t unit = ns >= 1e9 || stepNs >= 0.05e9   ? 3
                             : ns >= 1e6 || stepNs >= 0.05e6 ? 2
                             : ns >= 1e3                     ? 1
                                                             : 0;
    return Texts::inUnit(static_cast<int>(unit),
                         QString::number(ns / unitNs[unit], 'f', decimalsIn(unitNs[unit])));
}

} // namespace coroscope::ui
