// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/retention.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace coroscope::model {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::model::Retention)
};

enum class What : std::uint8_t { Time, Events, Memory };
struct Unit
{
    QLatin1String name;
    What what;
    double factor; ///< to nanoseconds, events, bytes
};
/// In each kind the first is the smallest, and what writtenRetention() uses is whole in it.
constexpr std::array units {
    Unit {"s"_L1, What::Time, 1e9},         Unit {"sec"_L1, What::Time, 1e9},
    Unit {"min"_L1, What::Time, 60e9},      Unit {"h"_L1, What::Time, 3600e9},
    Unit {"d"_L1, What::Time, 86400e9},     Unit {"events"_L1, What::Events, 1},
    Unit {"event"_L1, What::Events, 1},     Unit {"kevents"_L1, What::Events, 1e3},
    Unit {"mevents"_L1, What::Events, 1e6}, Unit {"kb"_L1, What::Memory, 1e3},
    Unit {"mb"_L1, What::Memory, 1e6},      Unit {"gb"_L1, What::Memory, 1e9},
    Unit {"tb"_L1, What::Memory, 1e12},     Unit {"kib"_L1, What::Memory, 1024},
    Unit {"mib"_L1, What::Memory, 1 << 20}, Unit {"gib"_L1, What::Memory, 1 << 30},
};

constexpr double leastNanoseconds = 1e9;
constexpr double leastEvents = 1000;
constexpr double leastBytes = 16e6;
constexpr double most = 1e18;

QString unreadable(const QString &part)
{
    return Words::tr(
               "“%1” is neither a time, as 10min, nor a number of events, as 5000000events, nor an amount "
               "of memory, as 512MB, nor all.")
        .arg(part);
}

/// Puts the part into `kept`; returns what is wrong with it.
std::optional<QString> read(const QString &part, Retention &kept)
{
    const auto end = std::ranges::find_if(part, [](QChar c) { return c != u'.' && (c < u'0' || c > u'9'); });
    const qsizetype digits = end - part.begin();
    bool isNumber = false;
    const double number = part.left(digits).toDouble(&isNumber);
    const QString name = part.mid(digits).trimmed().toLower();
    const auto unit = std::ranges::find_if(units, [&](const Unit &known) { return name == known.name; });
    if (!isNumber || unit == units.end() || number * unit->factor > most)
        return unreadable(part);
    const double value = number * unit->factor;
    const auto repeated = [&] { return Words::tr("%1 is one limit of its kind too many.").arg(part); };
    switch (unit->what) {
    case What::Time:
        if (kept.time)
            return repeated();
        if (value < leastNanoseconds)
            return Words::tr("%1 is too short: it has to be a second at least.").arg(part);
        kept.time = Time {std::int64_t(value)};
        break;
    case What::Events:
        if (kept.events)
            return repeated();
        if (value < leastEvents)
            return Words::tr("%1 is too few: it has to be a thousand at least.").arg(part);
        kept.events = std::uint64_t(value);
        break;
    case What::Memory:
        if (kept.memoryBytes)
            return repeated();
        if (value < leastBytes)
            return Words::tr("%1 is too little: it has to be 16MB at least.").arg(part);
        kept.memoryBytes = std::uint64_t(value);
        break;
    }
    return {};
}

QString written(std::uint64_t value, std::initializer_list<std::pair<std::uint64_t, const char *>> scales)
{
    for (const auto &[factor, name] : scales) {
        if (value % factor == 0)
            return QString::number(value / factor) + QLatin1String(name);
    }
    return QString::number(double(value) / double(std::rbegin(scales)->first), 'f', 9)
           + QLatin1String(std::rbegin(scales)->second);
}

} // namespace

std::variant<Retention, QString> parseRetention(const QString &text)
{
    Retention kept;
    if (text.trimmed().compare("all"_L1, Qt::CaseInsensitive) == 0)
        return kept;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (const auto why = read(part.trimmed(), kept))
            return *why;
    }
    return kept;
}

QString writtenRetention(const Retention &retention)
{
    QStringList parts;
    if (retention.time) {
        parts << written(std::uint64_t(retention.time->count()),
                         {{3600'000'000'000, "h"}, {60'000'000'000, "min"}, {1'000'000'000, "s"}});
    }
    if (retention.events)
        parts << written(*retention.events, {{1, "events"}});
    if (retention.memoryBytes) {
        parts << written(*retention.memoryBytes,
                         {{1 << 30, "GiB"}, {1'000'000'000, "GB"}, {1'000'000, "MB"}, {1000, "kB"}});
    }
    return parts.isEmpty() ? u"all"_s : parts.join(u',');
}

} // namespace coroscope::model
