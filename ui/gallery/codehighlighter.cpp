// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/codehighlighter.h"

#include "ui/theme.h"

#include <QSet>

namespace coroscope::ui {

namespace {

// A block's state: inside of no long string of Python, of one in """, of one in '''.
constexpr int plain = 0;
constexpr int inDoubleQuotes = 1;
constexpr int inSingleQuotes = 2;

QSet<QStringView> words(QStringView text)
{
    const auto list = text.split(u' ');
    return {list.begin(), list.end()};
}

bool isKeyword(Language language, QStringView word)
{
    static const QSet<QStringView> cpp = words(
        u"auto bool break case catch class co_await co_return co_yield const constexpr continue default do "
        u"double else enum false for if int namespace noexcept nullptr return static struct switch template "
        u"throw true try typename using void while");
    static const QSet<QStringView> python = words(
        u"and as assert async await break class continue def del elif else except False finally for from "
        u"global if import in is lambda None nonlocal not or pass raise return True try while with yield");
    return (language == Language::Cpp ? cpp : python).contains(word);
}

bool isWordPart(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

int longStringAt(QStringView rest)
{
    return rest.startsWith(u"\"\"\"") ? inDoubleQuotes : rest.startsWith(u"'''") ? inSingleQuotes : plain;
}

} // namespace

CodeHighlighter::CodeHighlighter(Language language, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_language(language)
{ }

void CodeHighlighter::setPalette(const QPalette &palette)
{
    const Theme &theme = Theme::of(palette);
    m_comment.setForeground(theme.dimText);
    m_string.setForeground(theme.hue("mysql").text);
    m_keyword.setForeground(theme.link);
    rehighlight();
}

/// The end of the long string that `state` names; it may be on a later line.
qsizetype CodeHighlighter::longStringEnd(QStringView line, qsizetype from, int state)
{
    const qsizetype end = line.indexOf(state == inDoubleQuotes ? u"\"\"\"" : u"'''", from);
    setCurrentBlockState(end < 0 ? state : plain);
    return end < 0 ? line.size() : end + 3;
}

qsizetype CodeHighlighter::stringEnd(QStringView line, qsizetype from) const
{
    const QChar quote = line[from];
    for (qsizetype i = from + 1; i < line.size(); ++i) {
        if (line[i] == u'\\')
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return line.size();
}

void CodeHighlighter::highlightBlock(const QString &text)
{
    const QStringView line = text;
    const QStringView comment = m_language == Language::Cpp ? u"//" : u"#";
    setCurrentBlockState(plain);
    qsizetype i = 0;
    const auto color = [this, &i](qsizetype end, const QTextCharFormat &format) {
        setFormat(int(i), int(end - i), format);
        i = end;
    };
    if (const int state = previousBlockState(); state > plain)
        color(longStringEnd(line, 0, state), m_string);
    while (i < line.size()) {
        const QChar c = line[i];
        const QStringView rest = line.sliced(i);
        const int longString = m_language == Language::Python ? longStringAt(rest) : plain;
        if (rest.startsWith(comment)) {
            color(line.size(), m_comment);
        } else if (longString != plain) {
            color(longStringEnd(line, i + 3, longString), m_string);
        } else if (c == u'"' || c == u'\'') {
            color(stringEnd(line, i), m_string);
        } else if (m_language == Language::Cpp && c == u'#') {
            qsizetype end = i + 1;
            while (end < line.size() && isWordPart(line[end]))
                ++end;
            color(end, m_keyword);
        } else if (isWordPart(c)) {
            qsizetype end = i;
            while (end < line.size() && (isWordPart(line[end]) || (c.isDigit() && line[end] == u'\'')))
                ++end;
            color(end, isKeyword(m_language, line.sliced(i, end - i)) ? m_keyword : QTextCharFormat());
        } else {
            ++i;
        }
    }
}

} // namespace coroscope::ui
