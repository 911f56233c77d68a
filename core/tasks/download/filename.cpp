// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/filename.h"

#include <algorithm>

namespace coroscope::download {

namespace {

constexpr qsizetype longestName = 255; // bytes of UTF-8, as the usual file systems have it

bool isReserved(const QString &name)
{
    constexpr qsizetype longestReserved = 6;
    const qsizetype dot = name.indexOf(QLatin1Char('.'));
    if ((dot < 0 ? name.size() : dot) > longestReserved && !name[longestReserved].isSpace())
        return false;
    const QString base = name.section(QLatin1Char('.'), 0, 0).trimmed().toUpper();
    if (base == QLatin1String("CON") || base == QLatin1String("PRN") || base == QLatin1String("AUX")
        || base == QLatin1String("NUL") || base == QLatin1String("CLOCK$"))
        return true;
    return base.size() == 4
           && (base.startsWith(QLatin1String("COM")) || base.startsWith(QLatin1String("LPT")))
           && base[3] >= QLatin1Char('1') && base[3] <= QLatin1Char('9');
}

/// The file of a queue, or one that SQLite has beside it: ".coroscope-queue-wal".
bool isOfAQueue(const QString &name) { return name.startsWith(queueFileName, Qt::CaseInsensitive); }

/// Where the extension starts: ".gz", ".tar.gz"; the name's length if it has none.
qsizetype extensionStart(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    constexpr qsizetype longestExtension = 16;
    if (dot <= 0 || name.size() - dot > longestExtension || name.indexOf(QLatin1Char(' '), dot) >= 0)
        return name.size();
    const qsizetype tar = dot - 4;
    return tar > 0 && name.sliced(tar, 4) == QLatin1String(".tar") ? tar : dot;
}

/// Lone halves of surrogate pairs, which no encoding has, become replacement characters.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

/// Cuts the stem so that the whole takes no more than `bytes`, at a character's boundary.
QString shortened(const QString &stem, const QString &tail, qsizetype bytes)
{
    const qsizetype room = bytes - tail.toUtf8().size();
    QByteArray utf8 = stem.toUtf8();
    if (utf8.size() > room) {
        qsizetype end = qMax<qsizetype>(room, 0);
        while (end > 0 && (uchar(utf8[end]) & 0xC0) == 0x80)
            --end;
        utf8.truncate(end);
    }
    return QString::fromUtf8(utf8) + tail;
}

void dropTrailingDotsAndSpaces(QString &name)
{
    while (!name.isEmpty() && (name.back() == QLatin1Char('.') || name.back().isSpace()))
        name.chop(1);
}

bool isLeftOut(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // among them those that turn the direction of writing around
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString cutToLength(const QString &name)
{
    const qsizetype dot = extensionStart(name);
    QString cut = shortened(name.first(dot), name.sliced(dot), longestName - partSuffix.size());
    dropTrailingDotsAndSpaces(cut);
    return cut;
}

/// Of letters, digits and the like: most names are, and there is nothing to be done to them.
bool isPlain(const QString &name)
{
    constexpr qsizetype shortEnough = 100;
    const auto isPlainCharacter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-'
               || c == u'_' || c == u'.';
    };
    return !name.isEmpty() && name.size() <= shortEnough && name.front() != u'.' && name.back() != u'.'
           && std::ranges::all_of(name, isPlainCharacter) && !isReserved(name);
}

/// The safe name in `candidate`; empty if nothing of it is left.
QString safeSegment(const QString &candidate)
{
    if (candidate.isEmpty() || isPlain(candidate))
        return candidate;
    const qsizetype cut = qMax(candidate.lastIndexOf(QLatin1Char('/')),
                               candidate.lastIndexOf(QLatin1Char('\\')));
    QString name;
    for (const QChar c : wellFormed(candidate.sliced(cut + 1))) {
        if (isLeftOut(c))
            continue;
        name += QStringLiteral("|<>\"?*:").contains(c) ? QLatin1Char('_') : c;
    }
    name = name.trimmed();
    while (name.startsWith(QLatin1String("..")) || name == QLatin1String("."))
        name.remove(0, 1);
    dropTrailingDotsAndSpaces(name);
    name = cutToLength(name);
    if (isReserved(name) || isOfAQueue(name)) // looked at last, because the cut may have made it one
        name = cutToLength(QLatin1Char('_') + name);
    return name;
}

} // namespace

QString safeFileName(const QString &candidate)
{
    const QString name = safeSegment(candidate);
    return name.isEmpty() ? QStringLiteral("index.html") : name;
}

QString fileNameFor(const QUrl &url, const QString &chosen, const QByteArray &contentDisposition)
{
    if (!chosen.isEmpty())
        return safeFileName(chosen);
    if (!contentDisposition.isEmpty()) {
        const QString offered = safeSegment(dispositionFileName(contentDisposition));
        if (!offered.isEmpty())
            return offered;
    }
    // Cut before decoding: an encoded slash doesn't make a segment, it is taken out of the name after.
    const QString path = url.path(QUrl::FullyEncoded);
    const QByteArray segment = path.sliced(path.lastIndexOf(QLatin1Char('/')) + 1).toUtf8();
    return safeFileName(textOfBytes(QByteArray::fromPercentEncoding(segment)));
}

QString fileNameFor(const QUrl &asked, const QUrl &url, const QString &chosen,
                    const QByteArray &contentDisposition)
{
    const QString name = fileNameFor(url, chosen, contentDisposition);
    const bool isOffered = chosen.isEmpty() && name.startsWith(QLatin1Char('.'));
    return isOffered && name != fileNameFor(asked, {}) ? safeFileName(QLatin1Char('_') + name) : name;
}

QString numberedFileName(const QString &name, int number)
{
    if (number == 0)
        return name;
    const qsizetype dot = extensionStart(name);
    return shortened(name.first(dot), QStringLiteral(" (%1)%2").arg(number).arg(name.sliced(dot)),
                     longestName - partSuffix.size());
}

} // namespace coroscope::download
