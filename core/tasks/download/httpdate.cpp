// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/httpdate.h"

#include <QList>
#include <QTimeZone>

#include <algorithm>

namespace coroscope::download {

namespace {

/// -1 unless it is that many digits.
int digits(const QByteArray &text, qsizetype atLeast, qsizetype atMost)
{
    const bool isNumber = text.size() >= atLeast && text.size() <= atMost
                          && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? text.toInt() : -1;
}

/// 1 to 12; 0: no month.
int monthOf(const QByteArray &name)
{
    static const QList<QByteArray> months {"jan", "feb", "mar", "apr", "may", "jun",
                                           "jul", "aug", "sep", "oct", "nov", "dec"};
    return int(months.indexOf(name.toLower())) + 1;
}

QTime timeOf(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split(':');
    if (parts.size() != 3)
        return {};
    // A leap second is the one before it.
    return QTime(digits(parts[0], 2, 2), digits(parts[1], 2, 2), qMin(digits(parts[2], 2, 2), 59));
}

int fullYear(int twoDigits, const QDateTime &now)
{
    if (twoDigits < 0)
        return -1;
    const int thisYear = now.toUTC().date().year();
    int year = thisYear - thisYear % 100 + twoDigits;
    if (year > thisYear + 50)
        year -= 100;
    else if (year <= thisYear - 50)
        year += 100;
    return year;
}

std::optional<QDateTime> utc(int year, int month, int day, const QTime &time)
{
    const QDate date(year, month, day);
    if (year < 1 || !date.isValid() || !time.isValid())
        return std::nullopt;
    static const QTimeZone zone = QTimeZone::utc();
    return QDateTime(date, time, zone).toUTC();
}

/// "Tue, 15 Nov 1994 12:45:26 GMT": as nearly all say it, to the letter. Nothing: it may be a date yet.
std::optional<QDateTime> usualDate(const QByteArray &text)
{
    constexpr QByteArrayView shape("www, dd mmm dddd dd:dd:dd GMT");
    if (text.size() != shape.size())
        return std::nullopt;
    for (qsizetype i = 0; i < shape.size(); ++i) {
        const bool isRight = shape[i] == 'd'                      ? text[i] >= '0' && text[i] <= '9'
                             : shape[i] == 'w' || shape[i] == 'm' ? text[i] != ' ' && text[i] != ','
                                                                  : text[i] == shape[i];
        if (!isRight)
            return std::nullopt;
    }
    const auto number = [&text](qsizetype at, qsizetype size) {
        int value = 0;
        for (const char digit : QByteArrayView(text).sliced(at, size))
            value = value * 10 + (digit - '0');
        return value;
    };
    return utc(number(12, 4), monthOf(text.sliced(8, 3)), number(5, 2),
               QTime(number(17, 2), number(20, 2), qMin(number(23, 2), 59)));
}

} // namespace

std::optional<QDateTime> parseHttpDate(const QByteArray &text, const QDateTime &now)
{
    if (const auto usual = usualDate(text))
        return usual;
    const QList<QByteArray> words = text.simplified().split(' ');
    if (words.size() == 6 && words[0].endsWith(',') && words[5].toUpper() == "GMT")
        return utc(digits(words[3], 4, 4), monthOf(words[2]), digits(words[1], 1, 2), timeOf(words[4]));
    if (words.size() == 4 && words[0].endsWith(',') && words[3].toUpper() == "GMT") {
        const QList<QByteArray> date = words[1].split('-');
        if (date.size() != 3)
            return std::nullopt;
        const int year = date[2].size() == 4 ? digits(date[2], 4, 4) : fullYear(digits(date[2], 2, 2), now);
        return utc(year, monthOf(date[1]), digits(date[0], 1, 2), timeOf(words[2]));
    }
    if (words.size() == 5 && !words[0].contains(','))
        return utc(digits(words[4], 4, 4), monthOf(words[1]), digits(words[2], 1, 2), timeOf(words[3]));
    return std::nullopt;
}

} // namespace coroscope::download
