// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportjson.h"

namespace coroscope::io {

static void appendEscape(QByteArray &out, char16_t c)
{
    switch (c) {
    case u'\n':
        out += "\\n";
        return;
    case u'\t':
        out += "\\t";
        return;
    default: {
        constexpr const char *digits = "0123456789abcdef";
        out += "\\u00";
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    }
}

static void appendUtf8(QByteArray &out, char32_t c)
{
    if (c < 0x80) {
        out += char(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    out += char(leads[more] | (c >> (6 * more)));
    for (int i = more - 1; i >= 0; --i)
        out += char(0x80 | ((c >> (6 * i)) & 0x3F));
}

void appendJsonText(QByteArray &out, QStringView text)
{
    out += '"';
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"' || c == u'\\') {
            out += '\\';
            out += c.toLatin1();
        } else if (c.unicode() < 0x20 || c.unicode() == 0x7F) {
            appendEscape(out, c.unicode());
        } else if (!c.isSurrogate()) {
            appendUtf8(out, c.unicode());
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            appendUtf8(out, QChar::surrogateToUcs4(c, text[++i]));
        } else {
            appendUtf8(out, QChar::ReplacementCharacter);
        }
    }
    out += '"';
}

JsonObject::JsonObject(QByteArray &out)
    : m_out(out)
{
    m_out += '{';
}

JsonObject::~JsonObject() { m_out += '}'; }

void JsonObject::add(const char *key, QStringView text) { appendJsonText(open(key), text); }

void JsonObject::add(const char *key, std::uint64_t number) { open(key) += QByteArray::number(number); }

void JsonObject::addRaw(const char *key, QByteArrayView json) { open(key).append(json); }

QByteArray &JsonObject::open(const char *key)
{
    if (!std::exchange(m_isFirst, false))
        m_out += ',';
    m_out += '"';
    m_out += key;
    m_out += "\":";
    return m_out;
}

} // namespace coroscope::io
