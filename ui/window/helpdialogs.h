// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace coroscope::ui {

/// Lists the keys of the window and its views.
void showKeys(QWidget *window);
/// What the program is, its version, and what it is built on.
void showAbout(QWidget *window);

} // namespace coroscope::ui
