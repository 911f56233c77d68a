// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

/// The properties that the application's style sheet looks at, and setting them so that it notices.
namespace coroscope::ui {

/// "title", "heading", "dim" or "error" of a label.
void setRole(QWidget *label, const char *role);
/// Whether a field's content is wrong.
void setError(QWidget *field, bool error);

} // namespace coroscope::ui
