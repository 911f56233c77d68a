// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"

class QSettings;

namespace coroscope::ui {

/// The event loop that the settings want the session to start with; the preferred one where they name none
/// that is available.
dispatch::LoopKind savedLoop(const QSettings &settings);
void saveLoop(QSettings &settings, dispatch::LoopKind loop);

} // namespace coroscope::ui
