// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/urldrop.h"

#include <QCoreApplication>
#include <QFile>
#include <QMimeData>
#include <QStringDecoder>
#include <QUrl>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::UrlDrop)
};

constexpr qint64 largest = 64 << 20;

} // namespace

bool holdsUrls(const QMimeData &data) { return data.hasUrls() || data.hasText(); }

UrlLines urlLines(const QMimeData &data)
{
    if (!data.hasUrls())
        return {data.text().trimmed(), {}};
    UrlLines all;
    for (const QUrl &url : data.urls()) {
        const UrlLines one = url.isLocalFile() ? urlLinesOfFile(url.toLocalFile())
                                               : UrlLines {url.toString(QUrl::FullyEncoded), {}};
        if (!one.lines.isEmpty())
            all.lines += (all.lines.isEmpty() ? QString() : QStringLiteral("\n")) + one.lines;
        if (all.error.isEmpty())
            all.error = one.error;
    }
    return all;
}

UrlLines urlLinesOfFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, Words::tr("“%1” can't be read: %2.").arg(path, file.errorString())};
    if (file.size() > largest)
        return {{}, Words::tr("“%1” is larger than 64 MiB: a list of URLs is a shorter text.").arg(path)};
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(file.readAll());
    if (decode.hasError() || text.contains(QChar(u'\0')))
        return {{}, Words::tr("“%1” is no text: choose a file with one URL a line.").arg(path)};
    return {text.trimmed(), {}};
}

} // namespace coroscope::ui
