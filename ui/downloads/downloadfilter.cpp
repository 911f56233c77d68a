// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadfilter.h"

#include <QStringTokenizer>

namespace coroscope::ui {

bool DownloadFilter::matches(const download::Item &item) const
{
    if (!states.test(std::size_t(item.state)))
        return false;
    if (text.isEmpty())
        return true;
    const QString url = item.request.url().toDisplayString();
    for (const QStringView word : QStringTokenizer(text, u' ', Qt::SkipEmptyParts)) {
        const auto in = [word](const QString &field) { return field.contains(word, Qt::CaseInsensitive); };
        if (!in(item.name) && !in(url) && !in(item.error) && !in(item.note) && !in(item.batch))
            return false;
    }
    return true;
}

} // namespace coroscope::ui
