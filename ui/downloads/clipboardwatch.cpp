// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/clipboardwatch.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QUrl>

namespace coroscope::ui {

static constexpr qsizetype longestText = 1 << 20;

QStringList linksIn(const QString &text)
{
    if (text.size() > longestText)
        return {};
    QStringList links;
    static const QRegularExpression gap(QStringLiteral("\\s+"));
    for (const QString &word : text.split(gap, Qt::SkipEmptyParts)) {
        const QUrl url(word, QUrl::StrictMode);
        const QString scheme = url.scheme().toLower();
        const bool isWeb = scheme == QLatin1String("http") || scheme == QLatin1String("https");
        if (!isWeb || url.host().isEmpty())
            return {};
        links << word;
    }
    return links;
}

ClipboardWatch::ClipboardWatch(QObject *parent)
    : QObject(parent)
{
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &ClipboardWatch::look);
}

void ClipboardWatch::setActive(bool active)
{
    m_isActive = active;
    m_last.clear();
}

void ClipboardWatch::look()
{
    // What was copied in this window needs no offer.
    if (!m_isActive || QGuiApplication::clipboard()->ownsClipboard())
        return;
    const QStringList links = linksIn(QGuiApplication::clipboard()->text());
    const QString lines = links.join(QLatin1Char('\n'));
    if (!links.isEmpty() && lines != std::exchange(m_last, lines))
        emit copied(lines, int(links.size()));
}

} // namespace coroscope::ui
