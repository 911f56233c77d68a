// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace coroscope::net {

/// What a crawler wants of an HTML page.
struct HtmlPage
{
    QString title; ///< of the first title element, its blanks made single
    QString base; ///< href of the first base element; empty: none
    QStringList links; ///< of a, area, frame and iframe, in order, as they stand there
};

/// Reads tags and their attributes as browsers do where it matters for links: any case, quotes or none,
/// comments and scripts skipped, character references decoded. It never fails: what is no HTML has no links.
/// One pass, in linear time.
HtmlPage readHtml(const QString &html);

} // namespace coroscope::net
