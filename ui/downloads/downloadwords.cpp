// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadwords.h"

#include "ui/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace coroscope::ui {

using download::Item;
using download::ItemState;
using download::PauseReason;
using download::Totals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::DownloadWords)
};

QString momentText(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (local.date() == now.toLocalTime().date())
        return time;
    //: A day of this year, and a time of day
    return Words::tr("%1 %2").arg(QLocale().toString(local.date(), Words::tr("d MMM")), time);
}

model::Progress progressOf(qint64 done, std::optional<qint64> total)
{
    model::Progress progress;
    progress.done = std::uint64_t(std::max<qint64>(0, done));
    if (total)
        progress.total = std::uint64_t(std::max<qint64>(0, *total));
    return progress;
}

} // namespace

QString downloadStateName(ItemState state)
{
    switch (state) {
    case ItemState::Queued:
        return Words::tr("queued");
    case ItemState::Scheduled:
        return Words::tr("scheduled");
    case ItemState::Active:
        return Words::tr("downloading");
    case ItemState::Waiting:
        return Words::tr("waiting");
    case ItemState::Paused:
        return Words::tr("paused");
    case ItemState::Done:
        return Words::tr("done");
    case ItemState::Failed:
        return Words::tr("failed");
    case ItemState::Cancelled:
        return Words::tr("cancelled");
    }
    return {};
}

QString downloadStateText(const Item &item, const QDateTime &now)
{
    if (item.state == ItemState::Paused && item.pauseReason == PauseReason::DiskFull)
        return Words::tr("paused, disk full");
    if (item.state == ItemState::Paused && item.pauseReason == PauseReason::NeedsLogin)
        return Words::tr("needs a login");
    if (item.state == ItemState::Active && item.received == 0 && item.bytesPerSecond <= 0)
        return Words::tr("connecting");
    if (item.state == ItemState::Scheduled && item.nextStart.isValid())
        return Words::tr("starts %1", "a time of day").arg(momentText(item.nextStart, now));
    if (item.state == ItemState::Waiting && item.nextStart.isValid()) {
        const auto left = std::chrono::seconds(std::max<qint64>(0, now.secsTo(item.nextStart)));
        return Words::tr("next try in %1", "a length of time").arg(timeLeftText(left));
    }
    return downloadStateName(item.state);
}

QString hostText(const Item &item)
{
    const QUrl url = item.finalUrl.isEmpty() ? item.request.url() : item.finalUrl;
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

QString doneText(const Item &item)
{
    if (item.received == 0 && !item.total)
        return item.state == ItemState::Done ? formatBytes(0) : QString();
    if (item.state == ItemState::Done)
        return formatBytes(double(item.received));
    return formatProgress(progressOf(item.received, item.total));
}

std::optional<double> donePart(const Item &item)
{
    if (item.state == ItemState::Done)
        return 1;
    return fraction(progressOf(item.received, item.total));
}

QString speedText(double bytesPerSecond)
{
    return bytesPerSecond < 1 ? QString() : Words::tr("%1/s", "a rate").arg(formatBytes(bytesPerSecond));
}

QString timeLeftText(std::chrono::seconds time)
{
    const qint64 s = std::max<qint64>(0, time.count());
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (s < 60)
        return Words::tr("%1 s").arg(s);
    if (s < 10 * 60)
        return Words::tr("%1 min %2 s").arg(QString::number(s / 60), two(s % 60));
    if (s < 60 * 60)
        return Words::tr("%1 min").arg(s / 60);
    if (s < 48 * 60 * 60)
        return Words::tr("%1 h %2 min").arg(QString::number(s / 3600), two(s / 60 % 60));
    return Words::tr("%1 days").arg(std::min<qint64>(s / 86400, 999));
}

QString priorityText(int priority)
{
    return priority > 0 ? Words::tr("high") : priority < 0 ? Words::tr("low") : Words::tr("normal");
}

Remark remarkOf(const Item &item)
{
    QStringList parts;
    Tone tone = Tone::Dim;
    if (!item.error.isEmpty() && item.state != ItemState::Done && item.state != ItemState::Cancelled) {
        parts << item.error;
        tone = item.state == ItemState::Failed ? Tone::Bad : Tone::Normal;
    }
    if (!item.note.isEmpty())
        parts << item.note;
    if (item.request.options.access.tls.insecure) {
        if (const QString said = Words::tr("certificate not verified"); !item.note.contains(said))
            parts << said;
        tone = Tone::Bad;
    }
    if (parts.isEmpty() && !download::hasEnded(item.state) && item.request.options.bytesPerSecond)
        parts << Words::tr("limited to %1").arg(speedText(double(*item.request.options.bytesPerSecond)));
    if (parts.isEmpty() && item.state == ItemState::Active && item.resumedFrom > 0)
        parts << Words::tr("resumed at %1").arg(formatBytes(double(item.resumedFrom)));
    return {parts.join(QStringLiteral(" · ")), tone};
}

QString totalsText(const Totals &totals)
{
    if (totals.all() == 0)
        return {};
    QStringList parts;
    const int all = totals.all();
    parts << (all == 1 ? Words::tr("%1 of 1 file").arg(totals.done)
                       : Words::tr("%1 of %2 files", nullptr, all)
                             .arg(QLocale().toString(totals.done), QLocale().toString(all)));
    if (totals.expected > 0) {
        const QString bytes = totals.unfinished() == 0
                                  ? formatBytes(double(totals.received))
                                  : formatProgress(progressOf(totals.received, totals.expected));
        parts << (totals.unknownSizes > 0
                      ? Words::tr("%1 and more", "bytes, some of unknown number").arg(bytes)
                      : bytes);
    }
    if (const QString speed = speedText(totals.bytesPerSecond); !speed.isEmpty())
        parts << speed;
    if (totals.timeLeft && totals.active > 0)
        parts << Words::tr("%1 left").arg(timeLeftText(*totals.timeLeft));
    if (totals.paused > 0)
        parts << Words::tr("%1 paused").arg(QLocale().toString(totals.paused));
    if (totals.failed > 0)
        parts << Words::tr("%1 failed").arg(QLocale().toString(totals.failed));
    return parts.join(QStringLiteral(" · "));
}

std::optional<double> donePart(const Totals &totals)
{
    if (totals.expected <= 0)
        return {};
    return std::clamp(double(totals.received) / double(totals.expected), 0.0, 1.0);
}

} // namespace coroscope::ui
