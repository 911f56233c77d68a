// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"
#include "ui/timeline/laneshapes.h"

namespace coroscope::ui {

/// What a tool tip says, as rich text in the theme's colors.
struct TipContext
{
    const model::TraceStore &store;
    const Theme &theme;
    Time now {};
};

/// Of a shape: the task, how long it ran and what woke it, then what it waits for and where.
QString sliceTip(const TipContext &context, const LaneShape &shape);
/// Of a lane's name: what doesn't fit beside it, and its warnings.
QString laneTip(const TipContext &context, TaskId task);
/// Of a stretch with lost events, or with a blocked or held loop.
QString markTip(const TipContext &context, const model::Mark &mark);

} // namespace coroscope::ui
