// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::ui {

struct Theme;

/// The application's style sheet in the theme's colours, on top of Fusion.
///
/// Dynamic properties that widgets may set: `primary` (the one accented button), `flat` (a button without
/// frame), `role` of a QLabel: "title" (bold, larger), "heading" (bold), "dim", "error", "mono".
QString styleSheet(const Theme &theme);

} // namespace coroscope::ui
