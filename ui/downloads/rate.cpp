// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/rate.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <array>
#include <cmath>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Rate)
};

constexpr double most = 1e15;

} // namespace

TypedRate parseRate(const QString &text)
{
    const QString typed = text.trimmed();
    if (typed.isEmpty() || typed.compare(rateText({}), Qt::CaseInsensitive) == 0)
        return std::optional<qint64> {};
    static const QRegularExpression pattern(QStringLiteral(
                                                "^([0-9]*[.,]?[0-9]+)\\s*([kmgt]?)(i?)(b?)(/s|ps)?$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(typed);
    if (!match.hasMatch())
        return UnreadableRate {};
    bool isNumber = false;
    const double number = match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&isNumber);
    const double base = match.capturedLength(3) > 0 ? 1024 : 1000;
    const auto power = match.capturedLength(2) > 0
                           ? QStringLiteral("kmgt").indexOf(match.captured(2).toLower()) + 1
                           : 0;
    const double bytes = number * std::pow(base, double(power));
    if (!isNumber || bytes > most || (bytes > 0 && bytes < 1))
        return UnreadableRate {};
    return bytes > 0 ? std::optional<qint64>(std::llround(bytes)) : std::nullopt;
}

QString rateText(std::optional<qint64> bytesPerSecond)
{
    if (!bytesPerSecond)
        return Words::tr("no limit");
    struct Unit
    {
        double factor;
        const char *name;
    };
    static constexpr std::array<Unit, 4> units {{{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}, {1, "B"}}};
    const auto unit = std::find_if(units.begin(), units.end() - 1,
                                   [&](const Unit &u) { return double(*bytesPerSecond) >= u.factor; });
    const QString number = QString::number(double(*bytesPerSecond) / unit->factor, 'g', 4);
    return Words::tr("%1 %2/s", "number and unit of a rate").arg(number, QLatin1String(unit->name));
}

} // namespace coroscope::ui
