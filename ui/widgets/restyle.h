// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

/// The properties that the application's style sheet looks at, and setting them so that it notices.
namespace coroscope::ui {

/// "title", "heading", "dim" or "error" of a label.
void setRole(QWidget *label, const char *role);
/// The text with invisible places to break the line inside of words that are longer than a line may be.
QString breakable(const QString &text);
/// Whether a field's content is wrong.
void setError(QWidget *field, bool error);

} // namespace coroscope::ui
