// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"
#include "ui/timeline/timescale.h"

#include <QBrush>
#include <QString>

namespace coroscope::ui {

struct Theme;

/// Thin stripes, and nothing between them: of what was forgotten nothing is known.
QBrush makeForgottenHatch(const Theme &theme, double pixelRatio);

/// What a view of the whole session shows: from its begin, or from so long before what is known that the
/// forgotten stretch is seen and takes no more than a part of the picture.
Time shownSince(const model::TraceStore &store, Time now);

/// "the last 10 min", "the last 5,000,000 events", "the last 512 MB", or "the last 10 min, at most 1 GB".
QString retentionWords(const model::Retention &retention);

/// "before 12.3 s forgotten: 1,203,000 events; kept are the last 512 MB", of the whole session.
QString forgottenTip(const model::TraceStore &store);
/// The same of a lane, and how often its task had run: "before 12.3 s forgotten: 24,576 slices; …".
QString forgottenTip(const model::TraceStore &store, TaskId lane);

} // namespace coroscope::ui
