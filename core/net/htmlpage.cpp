// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/htmlpage.h"

#include <QHash>

#include <algorithm>

namespace coroscope::net {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTitle = 1000;

QString namedCharacter(QStringView name)
{
    static const QHash<QString, QString> names {
        {u"amp"_s, u"&"_s},   {u"lt"_s, u"<"_s},    {u"gt"_s, u">"_s},     {u"quot"_s, u"\""_s},
        {u"apos"_s, u"'"_s},  {u"nbsp"_s, u" "_s},  {u"copy"_s, u"©"_s},   {u"reg"_s, u"®"_s},
        {u"ndash"_s, u"–"_s}, {u"mdash"_s, u"—"_s}, {u"hellip"_s, u"…"_s}, {u"middot"_s, u"·"_s},
        {u"laquo"_s, u"«"_s}, {u"raquo"_s, u"»"_s}, {u"lsquo"_s, u"‘"_s},  {u"rsquo"_s, u"’"_s},
        {u"ldquo"_s, u"“"_s}, {u"rdquo"_s, u"”"_s}, {u"trade"_s, u"™"_s},  {u"bull"_s, u"•"_s},
    };
    return names.value(name.toString());
}

QString numberedCharacter(QStringView digits)
{
    const bool isHex = digits.startsWith(u'x') || digits.startsWith(u'X');
    bool isNumber = false;
    const uint code = isHex ? digits.mid(1).toUInt(&isNumber, 16) : digits.toUInt(&isNumber);
    if (!isNumber || code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return {};
    const char32_t character = code;
    return QString::fromUcs4(&character, 1);
}

/// &amp; &#38; &#x26; and what is no reference, as it is.
QString decoded(QStringView text)
{
    constexpr qsizetype longest = 10;
    QString out;
    qsizetype from = 0;
    for (;;) {
        const qsizetype ampersand = text.indexOf(u'&', from);
        out += text.mid(from, (ampersand < 0 ? text.size() : ampersand) - from);
        if (ampersand < 0)
            return out;
        const qsizetype end = text.mid(ampersand + 1, longest).indexOf(u';');
        const QStringView name = end < 0 ? QStringView() : text.mid(ampersand + 1, end);
        const QString character = name.startsWith(u'#') ? numberedCharacter(name.mid(1))
                                                        : namedCharacter(name);
        if (character.isEmpty()) {
            out += u'&';
            from = ampersand + 1;
        } else {
            out += character;
            from = ampersand + 1 + end + 1;
        }
    }
}

bool isBlank(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f'; }

bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

class Reader
{
public:
    explicit Reader(QStringView html)
        : m_html(html)
    { }

    HtmlPage read()
    {
        while (!isAtEnd()) {
            const qsizetype open = m_html.indexOf(u'<', m_at);
            if (open < 0)
                break;
            m_at = open + 1;
            readMarkup();
        }
        return m_page;
    }

private:
    bool isAtEnd() const { return m_at >= m_html.size(); }
    QChar here() const { return m_html[m_at]; }

    void skipPast(QStringView end)
    {
        const qsizetype found = m_html.indexOf(end, m_at);
        m_at = found < 0 ? m_html.size() : found + end.size();
    }

    void readMarkup()
    {
        const QStringView rest = m_html.mid(m_at);
        if (rest.startsWith(u"!--")) {
            m_at += 3;
            skipPast(u"-->");
        } else if (rest.startsWith(u'!') || rest.startsWith(u'?')) {
            skipPast(u">");
        } else if (rest.startsWith(u'/')) {
            ++m_at;
            readTag(); // its attributes may hold a ">"
        } else if (!rest.isEmpty() && isLetter(rest[0])) {
            openTag(readTag());
        }
    }

    struct Tag
    {
        QString name;
        QString href;
        QString src;
    };

    Tag readTag()
    {
        Tag tag;
        const qsizetype begin = m_at;
        while (!isAtEnd() && !isBlank(here()) && here() != u'/' && here() != u'>')
            ++m_at;
        tag.name = m_html.mid(begin, m_at - begin).toString().toLower();
        while (!isAtEnd()) {
            if (here() == u'>') {
                ++m_at;
                break;
            }
            if (isBlank(here()) || here() == u'/')
                ++m_at;
            else
                readAttribute(tag);
        }
        return tag;
    }

    void readAttribute(Tag &tag)
    {
        const qsizetype begin = m_at;
        ++m_at; // whatever it is, so that this ends
        while (!isAtEnd() && !isBlank(here()) && here() != u'/' && here() != u'>' && here() != u'=')
            ++m_at;
        const QStringView name = m_html.mid(begin, m_at - begin);
        skipBlanks();
        if (isAtEnd() || here() != u'=')
            return;
        ++m_at;
        skipBlanks();
        const QStringView value = readValue();
        // The first of two equal ones counts.
        if (name.compare(u"href", Qt::CaseInsensitive) == 0 && tag.href.isNull())
            tag.href = decoded(value).trimmed();
        else if (name.compare(u"src", Qt::CaseInsensitive) == 0 && tag.src.isNull())
            tag.src = decoded(value).trimmed();
    }

    QStringView readValue()
    {
        if (isAtEnd())
            return {};
        if (here() == u'"' || here() == u'\'') {
            const QChar quote = here();
            const qsizetype begin = ++m_at;
            const qsizetype end = m_html.indexOf(quote, m_at);
            const qsizetype stop = end < 0 ? m_html.size() : end;
            m_at = end < 0 ? stop : stop + 1;
            return m_html.mid(begin, stop - begin);
        }
        const qsizetype begin = m_at;
        while (!isAtEnd() && !isBlank(here()) && here() != u'>')
            ++m_at;
        return m_html.mid(begin, m_at - begin);
    }

    void skipBlanks()
    {
        while (!isAtEnd() && isBlank(here()))
            ++m_at;
    }

    void openTag(const Tag &tag)
    {
        if ((tag.name == u"a" || tag.name == u"area") && !tag.href.isEmpty())
            m_page.links << tag.href;
        else if ((tag.name == u"frame" || tag.name == u"iframe") && !tag.src.isEmpty())
            m_page.links << tag.src;
        else if (tag.name == u"base" && m_page.base.isEmpty())
            m_page.base = tag.href;
        // What is inside of these is text, whatever it looks like.
        for (const QStringView raw : {u"title", u"script", u"style", u"textarea", u"noframes", u"xmp"}) {
            if (tag.name != raw)
                continue;
            const QStringView text = readUntilEndOf(raw);
            if (raw == u"title" && m_page.title.isEmpty())
                m_page.title = decoded(text.left(longestTitle)).simplified();
        }
    }

    QStringView readUntilEndOf(QStringView name)
    {
        const qsizetype begin = m_at;
        const QString end = u"</"_s + name.toString();
        const qsizetype found = m_html.indexOf(end, m_at, Qt::CaseInsensitive);
        m_at = found < 0 ? m_html.size() : found;
        return m_html.mid(begin, m_at - begin);
    }

    QStringView m_html;
    qsizetype m_at = 0;
    HtmlPage m_page;
};

} // namespace

HtmlPage readHtml(const QString &html) { return Reader(html).read(); }

} // namespace coroscope::net
