// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/escape.h"

#include <QLocale>
#include <QStringDecoder>

namespace coroscope::net {

namespace {

QString escapedByte(uchar byte)
{
    switch (byte) {
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    default:
        return QStringLiteral("\\x%1").arg(uint(byte), 2, 16, QLatin1Char('0'));
    }
}

/// Length of the UTF-8 sequence that starts with `lead`; 0 if none does.
int sequenceLength(uchar lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

bool isPrintable(const QString &character)
{
    const char32_t code = character.size() == 2 ? QChar::surrogateToUcs4(character[0], character[1])
                                                : character[0].unicode();
    const auto category = QChar::category(code);
    return category != QChar::Other_Control && category != QChar::Other_Format
           && category != QChar::Separator_Line && category != QChar::Separator_Paragraph;
}

} // namespace

QString grouped(qint64 number) { return QLocale(QLocale::English, QLocale::UnitedStates).toString(number); }

QString escaped(QByteArrayView bytes, qsizetype limit)
{
    QString out;
    const qsizetype end = qMin(bytes.size(), limit);
    for (qsizetype i = 0; i < end;) {
        const int length = sequenceLength(uchar(bytes[i]));
        if (length > 0 && i + length <= bytes.size()) {
            QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            const QString character = decode(bytes.sliced(i, length));
            if (!decode.hasError() && !character.isEmpty() && isPrintable(character)) {
                out += character;
                i += length;
                continue;
            }
        }
        out += escapedByte(uchar(bytes[i]));
        ++i;
    }
    if (end < bytes.size())
        out += QStringLiteral("… (%1 bytes)").arg(grouped(bytes.size()));
    return out;
}

} // namespace coroscope::net
