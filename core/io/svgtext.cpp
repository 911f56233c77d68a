// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/svgtext.h"

#include "core/io/exporttable.h"

namespace coroscope::io {

static bool isXml(char32_t c)
{
    return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE)
           || (c >= 0x10000 && c <= 0x10FFFF);
}

QByteArray xmlEscaped(QStringView text)
{
    QString valid;
    for (const char32_t c : text.toUcs4()) {
        if (isXml(c) && c != 0x7F)
            valid += QStringView(QChar::fromUcs4(c));
        else
            valid += QChar(QChar::ReplacementCharacter);
    }
    return valid.toHtmlEscaped().toUtf8();
}

QString fitting(const QString &text, double pixels, double fontSize)
{
    const int room = int(pixels / (fontSize * 0.58));
    if (terminalWidth(text) <= room)
        return text;
    QString shorter;
    int width = 1; // of the ellipsis
    for (const char32_t c : text.toUcs4()) {
        const QString character = QStringView(QChar::fromUcs4(c)).toString();
        width += terminalWidth(character);
        if (width > room)
            break;
        shorter += character;
    }
    return shorter.size() < 2 ? QString() : shorter + QChar(u'…');
}

} // namespace coroscope::io
