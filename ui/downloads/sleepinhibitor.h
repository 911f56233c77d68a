// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"
#include "ui/downloads/power.h"

namespace coroscope::ui {

/// Keeps the computer awake while downloads are under way.
class SleepInhibitor : public QObject
{
    Q_OBJECT
public:
    SleepInhibitor(const download::DownloadList &list, Power &power, QObject *parent = nullptr);

private:
    bool m_isHolding = false;
};

} // namespace coroscope::ui
