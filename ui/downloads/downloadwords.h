// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"
#include "ui/tasks/taskwords.h"

#include <QString>

/// What the window says of a download, in words.
namespace coroscope::ui {

/// "queued", "needs a login", "next try in 12 s".
QString downloadStateText(const download::Item &item, const QDateTime &now);
/// The bare state, for choosing states.
QString downloadStateName(download::ItemState state);
/// Where it comes from: the host, with a port that isn't usual.
QString hostText(const download::Item &item);
/// "48.2 of 268.4 MB"; without a known size what is there alone; empty while there is nothing to say.
QString doneText(const download::Item &item);
/// What is there of a known size, 0…1.
std::optional<double> donePart(const download::Item &item);
QString speedText(double bytesPerSecond);
/// "12 s", "4 min 05 s", "42 min", "3 h 05 min", "2 days".
QString timeLeftText(std::chrono::seconds time);
QString priorityText(int priority);

/// The last column: an error or why it is paused, a note, what else is to be known.
struct Remark
{
    QString text;
    Tone tone = Tone::Normal;
};
Remark remarkOf(const download::Item &item);

/// "12 of 40 files · 1.2 of 3.4 GB · 8.4 MB/s · 4 min left · 3 failed"
QString totalsText(const download::Totals &totals);
/// All bytes that are there of all that are expected, 0…1; none while sizes are unknown or there is nothing.
std::optional<double> donePart(const download::Totals &totals);

} // namespace coroscope::ui
