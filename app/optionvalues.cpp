// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/optionvalues.h"

#include "core/tasks/spec.h"

#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace coroscope::app {

std::optional<int> readNumber(const QString &text, int least, int most)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

std::optional<qint64> readBytes(const QString &text)
{
    QString digits = text.trimmed();
    double factor = 1;
    const QString units = u"kmgt"_s;
    if (const auto unit = units.indexOf(digits.right(1), 0, Qt::CaseInsensitive);
        !digits.isEmpty() && unit >= 0) {
        factor = std::pow(1024.0, double(unit + 1));
        digits.chop(1);
    }
    const bool isPlain = !digits.isEmpty() && std::ranges::all_of(digits, [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'.';
    });
    bool isNumber = false;
    const double bytes = digits.toDouble(&isNumber) * factor;
    constexpr double most = 1e15;
    return isPlain && isNumber && bytes >= 1 && bytes <= most ? std::optional(qint64(bytes)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> readSeconds(const QString &text)
{
    const auto parsed = tasks::parseSleep(text, false);
    const auto *sleep = std::get_if<tasks::SleepSpec>(&parsed);
    if (!sleep || sleep->duration <= 0ns)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(sleep->duration);
}

std::optional<download::LowSpeed> readLowSpeed(const QString &text)
{
    if (text.count(u':') != 1)
        return {};
    const auto bytes = readBytes(text.section(u':', 0, 0));
    const auto seconds = readNumber(text.section(u':', 1), 1, 24 * 60 * 60);
    if (!bytes || !seconds)
        return {};
    return download::LowSpeed {*bytes, std::chrono::seconds(*seconds)};
}

std::optional<QDateTime> readStart(const QString &text, const QDateTime &now)
{
    QTime time = QTime::fromString(text, u"H:mm"_s);
    if (!time.isValid())
        time = QTime::fromString(text, u"H:mm:ss"_s);
    if (time.isValid()) {
        QDateTime start(now.date(), time, now.timeZone());
        return start > now ? start : QDateTime(now.date().addDays(1), time, now.timeZone());
    }
    QString iso = text;
    if (iso.size() > 10 && iso[10] == u' ')
        iso[10] = u'T';
    const QDateTime start = QDateTime::fromString(iso, Qt::ISODate);
    const bool hasTime = iso.contains(u'T');
    return start.isValid() && hasTime && start > now ? std::optional(start) : std::nullopt;
}

} // namespace coroscope::app
