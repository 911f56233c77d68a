// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace coroscope::io {

/// Text for an XML document, in an element or a quoted attribute. What XML can't hold (control characters,
/// half a surrogate pair) becomes U+FFFD.
QByteArray xmlEscaped(QStringView text);

/// Shortened with "…" until it is about `pixels` wide, guessed from the number of its characters; empty if
/// not even three fit.
QString fitting(const QString &text, double pixels, double fontSize);

} // namespace coroscope::io
