// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QString>

namespace coroscope::ui {

/// Why a task waits, in words, for a bar of the timeline.
struct WaitReason
{
    QString full; ///< "timer 2.00 s · 0.24 s left"; empty: nothing worth saying
    QString brief; ///< what remains of it where there is little room: "timer"
};

/// A wait that goes on, as of which time.
struct OpenWait
{
    const model::Task &task;
    model::Time now {};
};

/// `open` is null for a wait that is over.
WaitReason waitReason(const model::Moment &moment, const model::Wait &wait, const OpenWait *open);

} // namespace coroscope::ui
