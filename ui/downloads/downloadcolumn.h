// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"
#include "ui/tasks/taskcolumn.h"

namespace coroscope::ui {

enum class DownloadColumn { Name, State, Done, Progress, Speed, TimeLeft, Remark, Host, Tries, Priority };
inline constexpr int downloadColumnCount = int(DownloadColumn::Priority) + 1;

QString columnTitle(DownloadColumn column);
QString columnTip(DownloadColumn column);
bool isNumber(DownloadColumn column);
QString cellText(const download::Item &item, DownloadColumn column, const QDateTime &now);
SortKey sortKey(const download::Item &item, DownloadColumn column);

} // namespace coroscope::ui
