// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpfileserver.h"
#include "core/net/httprequest.h"

#include <QDir>
#include <QFileInfo>

namespace coroscope::net {

quint64 FileSite::seedOf(const QByteArray &path)
{
    quint64 hash = 0xcbf29ce484222325ull; // FNV-1a: the same on every machine
    for (const char c : path)
        hash = (hash ^ uchar(c)) * 0x100000001b3ull;
    return hash;
}

std::optional<FileSite::Found> FileSite::find(const QByteArray &path) const
{
    const auto sample = samples.constFind(path);
    if (sample != samples.constEnd()) {
        std::unique_ptr<ContentSource> source;
        if (sample->content.isEmpty())
            source = std::make_unique<SampleSource>(seedOf(path), sample->size);
        else
            source = std::make_unique<BytesSource>(sample->content, sample->contentType);
        return Found {std::move(source), sample->bytesPerSecond, sample->resetAfter};
    }
    if (folder.isEmpty())
        return std::nullopt;
    const auto inside = pathInsideFolder(path);
    if (!inside)
        return std::nullopt;
    const QString full = QFileInfo(QDir(folder).filePath(QFile::decodeName(*inside))).canonicalFilePath();
    if (!full.startsWith(QFileInfo(folder).canonicalFilePath() + QLatin1Char('/')))
        return std::nullopt;
    auto source = FileSource::open(full);
    if (!source)
        return std::nullopt;
    return Found {std::move(source), bytesPerSecond, std::nullopt};
}

} // namespace coroscope::net
