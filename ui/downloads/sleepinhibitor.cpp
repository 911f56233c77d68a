// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/sleepinhibitor.h"

namespace coroscope::ui {

SleepInhibitor::SleepInhibitor(const download::DownloadList &list, Power &power, QObject *parent)
    : QObject(parent)
{
    const auto look = [this, &list, &power] {
        const bool isWanted = list.totals().active > 0;
        if (isWanted != std::exchange(m_isHolding, isWanted))
            power.hold(isWanted);
    };
    connect(&list, &download::DownloadList::totalsChanged, this, look);
    look();
}

} // namespace coroscope::ui
