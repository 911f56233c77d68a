// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/duration.h"

#include <QLocale>

#include <cmath>

namespace coroscope::net {

using namespace std::chrono_literals;

namespace {

std::optional<double> unitSeconds(QStringView unit)
{
    if (unit.isEmpty() || unit == QLatin1String("s"))
        return 1.0;
    if (unit == QLatin1String("ms"))
        return 1e-3;
    if (unit == QLatin1String("us") || unit == QStringView(u"µs"))
        return 1e-6;
    if (unit == QLatin1String("m") || unit == QLatin1String("min"))
        return 60.0;
    return unit == QLatin1String("h") ? std::optional(3600.0) : std::nullopt;
}

bool isNumberPart(QChar c)
{
    return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
}

} // namespace

std::optional<std::chrono::nanoseconds> parseDuration(const QString &text)
{
    const QString compact = text.simplified().remove(QLatin1Char(' ')).toLower();
    if (compact.isEmpty())
        return std::nullopt;
    double seconds = 0;
    for (qsizetype at = 0; at < compact.size();) {
        const qsizetype numberStart = at;
        while (at < compact.size() && isNumberPart(compact[at]))
            ++at;
        bool isNumber = false;
        const double number = QLocale::c().toDouble(compact.sliced(numberStart, at - numberStart), &isNumber);
        const qsizetype unitStart = at;
        while (at < compact.size() && !isNumberPart(compact[at]))
            ++at;
        const auto unit = unitSeconds(QStringView(compact).sliced(unitStart, at - unitStart));
        const bool isPart = numberStart > 0 || at < compact.size();
        if (!isNumber || !unit || (isPart && unitStart == at))
            return std::nullopt;
        seconds += number * *unit;
    }
    constexpr double longest = 100.0 * 365 * 86400;
    if (seconds > longest)
        return std::nullopt;
    return std::chrono::nanoseconds(std::llround(seconds * 1e9));
}

QString durationText(std::chrono::nanoseconds duration)
{
    QString text;
    if (duration >= 1h) {
        text += QStringLiteral("%1 h ").arg(duration / 1h);
        duration %= 1h;
    }
    if (duration >= 1min) {
        text += QStringLiteral("%1 m ").arg(duration / 1min);
        duration %= 1min;
    }
    if (duration > 0ns || text.isEmpty()) {
        const bool isShort = text.isEmpty() && duration < 100ms;
        const double value = double(duration.count()) / (isShort ? 1e6 : 1e9);
        text += QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest)
                + (isShort && duration > 0ns ? QStringLiteral(" ms") : QStringLiteral(" s"));
    }
    return text.trimmed();
}

} // namespace coroscope::net
