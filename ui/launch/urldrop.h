// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QMimeData;

namespace coroscope::ui {

/// What a drop or a file means for the list of URLs.
struct UrlLines
{
    QString lines; ///< one URL a line
    QString error; ///< what could not be read, and why; empty: nothing
};

/// True for links, texts and files of URLs.
bool holdsUrls(const QMimeData &data);
/// Web links as they are, of local files their lines, else the text.
UrlLines urlLines(const QMimeData &data);
/// The lines of a text file, 64 MiB at most.
UrlLines urlLinesOfFile(const QString &path);

} // namespace coroscope::ui
