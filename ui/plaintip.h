// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::ui {

/// A tool tip that shows a text as it is: by itself, Qt takes one with a tag in it for HTML, and servers put
/// into their words what they like.
inline QString plainTip(const QString &text)
{
    return text.isEmpty()
               ? QString()
               : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped());
}

} // namespace coroscope::ui
