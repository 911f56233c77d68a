// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/downloadprogress.h"

#include "app/progressline.h"
#include "ui/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace coroscope::app {

using download::Item;
using download::ItemState;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::DownloadProgress)
};

struct Sum
{
    int ended = 0;
    qint64 received = 0;
    qint64 expected = 0; ///< of those whose size is known, or that have ended
    bool isWhole = true; ///< every unfinished one's size is known
    double bytesPerSecond = 0;
};

Sum sumOf(const std::vector<const Item *> &items)
{
    Sum sum;
    for (const Item *item : items) {
        const bool ended = hasEnded(item->state);
        sum.ended += ended;
        sum.received += item->received;
        // What failed brings no more.
        sum.expected += ended ? item->received : item->total.value_or(item->received);
        sum.isWhole = sum.isWhole && (ended || item->total);
        sum.bytesPerSecond += item->bytesPerSecond;
    }
    return sum;
}

QString timeText(double left)
{
    const auto seconds = qint64(std::ceil(left));
    if (seconds < 60)
        return Tr::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Tr::tr("%1 m %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
    return Tr::tr("%1 h %2 m").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QChar(u'0'));
}

/// "big.iso 45 %"; of one that waits, until when.
QString itemText(const Item &item)
{
    const QString name = item.name.isEmpty() ? item.request.url().fileName() : item.name;
    if (item.state == ItemState::Waiting && item.nextStart.isValid())
        return Tr::tr("%1 again at %2").arg(name, item.nextStart.toLocalTime().toString(u"HH:mm:ss"_s));
    const model::Progress progress {std::uint64_t(item.received), item.total};
    const auto part = ui::fraction(progress);
    return name + u' ' + (part ? ui::formatPercent(*part) : ui::formatProgress(progress));
}

} // namespace

QString progressOf(const std::vector<const Item *> &items, int columns)
{
    const Sum sum = sumOf(items);
    QStringList parts {Tr::tr("%1 of %2").arg(sum.ended).arg(items.size())};
    if (sum.received > 0) {
        model::Progress progress {std::uint64_t(sum.received), {}};
        if (sum.isWhole)
            progress.total = std::uint64_t(sum.expected);
        parts << ui::formatProgress(progress);
    }
    if (sum.bytesPerSecond >= 1) {
        parts << Tr::tr("%1/s").arg(ui::formatBytes(sum.bytesPerSecond));
        if (sum.isWhole && sum.expected > sum.received)
            parts << Tr::tr("%1 left").arg(
                timeText(double(sum.expected - sum.received) / sum.bytesPerSecond));
    }
    QDateTime nextStart;
    qsizetype columnsUsed = 0;
    for (const Item *item : items) {
        if (item->state == ItemState::Scheduled && (!nextStart.isValid() || item->nextStart < nextStart))
            nextStart = item->nextStart;
        if ((item->state != ItemState::Active && item->state != ItemState::Waiting) || columnsUsed > columns)
            continue;
        parts << itemText(*item);
        columnsUsed += parts.last().size();
    }
    if (columnsUsed == 0 && nextStart.isValid())
        parts << Tr::tr("starts at %1")
                     .arg(QLocale::c().toString(nextStart.toLocalTime(), u"yyyy-MM-dd HH:mm"_s));
    return cutToColumns(parts.join(u" · "_s), columns);
}

} // namespace coroscope::app
