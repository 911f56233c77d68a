// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadcolumn.h"

#include "ui/downloads/downloadwords.h"
#include "ui/quantities.h"

#include <QCoreApplication>

#include <array>
#include <limits>

namespace coroscope::ui {

using download::Item;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::DownloadColumn)
};

struct Description
{
    const char *title;
    const char *tip;
};

// clang-format off
constexpr std::array<Description, downloadColumnCount> descriptions{{
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Name"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "The file's name; a guess until the server has answered")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "State"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "What the download does now, or how it ended")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Size"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "What is there, of how much")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Progress"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "What is there, as a share; striped while the size is unknown")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Speed"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Bytes a second, of the last seconds")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Time left"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "If the speed stays as it is")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Notes"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "What went wrong, and what else is to be known")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Host"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Where it comes from, after redirects")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Tries"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "How often it was begun")},
    {QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Priority"),
     QT_TRANSLATE_NOOP("coroscope::ui::DownloadColumn", "Higher goes first")},
}};
// clang-format on

/// Unknown numbers stand behind all others.
constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::max();

} // namespace

QString columnTitle(DownloadColumn column) { return Words::tr(descriptions[std::size_t(column)].title); }

QString columnTip(DownloadColumn column) { return Words::tr(descriptions[std::size_t(column)].tip); }

bool isNumber(DownloadColumn column)
{
    switch (column) {
    case DownloadColumn::Done:
    case DownloadColumn::Speed:
    case DownloadColumn::TimeLeft:
    case DownloadColumn::Tries:
        return true;
    default:
        return false;
    }
}

QString cellText(const Item &item, DownloadColumn column, const QDateTime &now)
{
    switch (column) {
    case DownloadColumn::Name:
        return item.name.isEmpty() ? item.request.url().toDisplayString() : item.name;
    case DownloadColumn::State:
        return downloadStateText(item, now);
    case DownloadColumn::Done:
        return doneText(item);
    case DownloadColumn::Progress: {
        const auto part = donePart(item);
        return part ? formatPercent(*part) : QString();
    }
    case DownloadColumn::Speed:
        return item.state == download::ItemState::Active ? speedText(item.bytesPerSecond) : QString();
    case DownloadColumn::TimeLeft:
        return item.timeLeft && item.state == download::ItemState::Active ? timeLeftText(*item.timeLeft)
                                                                          : QString();
    case DownloadColumn::Host:
        return hostText(item);
    case DownloadColumn::Tries:
        return item.tries > 0 ? QString::number(item.tries) : QString();
    case DownloadColumn::Priority:
        return priorityText(item.priority);
    case DownloadColumn::Remark:
        return remarkOf(item).text;
    }
    return {};
}

SortKey sortKey(const Item &item, DownloadColumn column)
{
    switch (column) {
    case DownloadColumn::State:
        return {std::int64_t(item.state)};
    case DownloadColumn::Done:
        return {item.total.value_or(item.received)};
    case DownloadColumn::Progress:
        return {std::int64_t(donePart(item).value_or(-1) * 1e6)};
    case DownloadColumn::Speed:
        return {std::int64_t(item.bytesPerSecond)};
    case DownloadColumn::TimeLeft:
        return {item.timeLeft ? std::int64_t(item.timeLeft->count()) : unknown};
    case DownloadColumn::Tries:
        return {item.tries};
    case DownloadColumn::Priority:
        return {-item.priority};
    case DownloadColumn::Name:
    case DownloadColumn::Host:
    case DownloadColumn::Remark:
        break;
    }
    return SortKey::ofText(cellText(item, column, {}));
}

} // namespace coroscope::ui
