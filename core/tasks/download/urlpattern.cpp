// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/urlpattern.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::UrlPattern)
};

constexpr qsizetype mostDigits = 18; // of a number that 64 bits hold for sure
constexpr qint64 largest = std::numeric_limits<qint64>::max();

qint64 product(qint64 a, qint64 b) { return b != 0 && a > largest / b ? largest : a * b; }

bool isEscapable(QChar c) { return QStringLiteral("[]{},\\").contains(c); }

bool isSpecial(QChar c) { return c == u'\\' || c == u'[' || c == u'{'; }

bool isLetter(const QString &text) { return !text[0].isDigit(); }

struct Braces
{
    QStringList words {};
    qsizetype end = 0; ///< behind the closing one
    QString fault {};
    bool isList = false;
};

/// Reads "{a,b}", whose opening brace stands at `start`.
Braces bracesIn(const QString &text, qsizetype start)
{
    Braces braces {.words = {QString()}};
    for (qsizetype at = start + 1; at < text.size(); ++at) {
        const QChar c = text[at];
        if (c == u'\\' && at + 1 < text.size() && isEscapable(text[at + 1])) {
            braces.words.back() += text[++at];
        } else if (c == u'}') {
            braces.end = at + 1;
            braces.isList = braces.words.size() > 1;
            return braces;
        } else if (c == u'{') {
            braces.fault = Words::tr(
                "A “{” stands inside another one: put a backslash before a brace that is meant "
                "as it is.");
            return braces;
        } else if (c == u',') {
            braces.words += QString();
        } else {
            braces.words.back() += c;
        }
    }
    braces.fault = Words::tr("A “{” isn't closed: put a backslash before a brace that is meant as it is.");
    return braces;
}

} // namespace

std::variant<std::monostate, UrlPattern::Range, QString> UrlPattern::rangeIn(const QString &inside)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A([0-9]+|[A-Za-z])-([0-9]+|[A-Za-z])(?::([0-9]+))?\\z"));
    const auto match = shape.match(inside);
    if (!match.hasMatch())
        return std::monostate();
    const QString first = match.captured(1);
    const QString last = match.captured(2);
    const QString step = match.captured(3);
    const QString shown = QStringLiteral("[%1]").arg(inside.left(60));
    if (first.size() > mostDigits || last.size() > mostDigits || step.size() > mostDigits)
        return Words::tr("The numbers in “%1” are too large.").arg(shown);
    const bool isMixed = isLetter(first) != isLetter(last)
                         || (isLetter(first) && first[0].isUpper() != last[0].isUpper());
    if (isMixed)
        return Words::tr("“%1” must go from a number to a number, or between letters of one case.")
            .arg(shown);

    Range range;
    range.first = isLetter(first) ? first[0].unicode() : first.toLongLong();
    const qint64 end = isLetter(first) ? last[0].unicode() : last.toLongLong();
    range.step = step.isEmpty() ? 1 : step.toLongLong();
    if (range.step == 0)
        return Words::tr("“%1” has a step of 0: it must be 1 or more.").arg(shown);
    if (end < range.first)
        return Words::tr("“%1” runs backwards: put the smaller end first.").arg(shown);
    range.count = (end - range.first) / range.step + 1;
    if (isLetter(first))
        range.width = -1;
    else if (first.size() > 1 && first[0] == u'0')
        range.width = int(first.size());
    return range;
}

void UrlPattern::addText(const QString &text)
{
    if (m_pieces.empty() || !std::holds_alternative<QString>(m_pieces.back()))
        m_pieces.emplace_back(QString());
    std::get<QString>(m_pieces.back()) += text;
}

std::variant<UrlPattern, QString> UrlPattern::parse(const QString &text)
{
    UrlPattern pattern;
    for (qsizetype at = 0; at < text.size();) {
        const QChar c = text[at];
        if (c == u'\\' && at + 1 < text.size() && isEscapable(text[at + 1])) {
            pattern.addText(text[at + 1]);
            at += 2;
            continue;
        }
        if (c == u'[') {
            constexpr qsizetype longestRange =
                3 * 400; // longer ones are told of, but not searched for without end
            const qsizetype close = text.indexOf(u']', at);
            if (close >= 0 && close - at <= longestRange) {
                auto range = rangeIn(text.sliced(at + 1, close - at - 1));
                if (auto *fault = std::get_if<QString>(&range))
                    return *fault;
                if (const auto *found = std::get_if<Range>(&range)) {
                    pattern.m_pieces.emplace_back(*found);
                    at = close + 1;
                    continue;
                }
            }
        } else if (c == u'{') {
            Braces braces = bracesIn(text, at);
            if (!braces.fault.isEmpty())
                return braces.fault;
            if (braces.isList)
                pattern.m_pieces.emplace_back(std::move(braces.words));
            else
                pattern.addText(u'{' + braces.words[0] + u'}');
            at = braces.end;
            continue;
        }
        const auto special = std::find_if(text.begin() + at + 1, text.end(), isSpecial);
        const qsizetype length = special - text.begin() - at;
        pattern.addText(text.sliced(at, length));
        at += length;
    }
    return pattern;
}

qint64 UrlPattern::countOf(const Piece &piece)
{
    if (const auto *range = std::get_if<Range>(&piece))
        return range->count;
    const auto *words = std::get_if<QStringList>(&piece);
    return words ? words->size() : 1;
}

qint64 UrlPattern::longestOf(const Piece &piece)
{
    if (std::holds_alternative<Range>(piece))
        return mostDigits;
    if (const auto *text = std::get_if<QString>(&piece))
        return text->size();
    return std::ranges::max(std::get<QStringList>(piece), {}, &QString::size).size();
}

QString UrlPattern::textOf(const Piece &piece, qint64 index)
{
    if (const auto *text = std::get_if<QString>(&piece))
        return *text;
    if (const auto *words = std::get_if<QStringList>(&piece))
        return (*words)[index];
    const auto &range = std::get<Range>(piece);
    const qint64 value = range.first + index * range.step;
    return range.width < 0 ? QString(QChar(ushort(value)))
                           : QString::number(value).rightJustified(range.width, u'0');
}

qint64 UrlPattern::count() const
{
    qint64 count = 1;
    for (const Piece &piece : m_pieces)
        count = product(count, countOf(piece));
    return count;
}

qint64 UrlPattern::size() const
{
    qint64 longest = 0;
    for (const Piece &piece : m_pieces)
        longest += longestOf(piece);
    return product(longest, count());
}

QStringList UrlPattern::expanded() const
{
    QStringList all;
    const qint64 total = count();
    all.reserve(total);
    for (qint64 i = 0; i < total; ++i) {
        qint64 rest = i;
        QString text;
        for (auto piece = m_pieces.rbegin(); piece != m_pieces.rend(); ++piece) {
            text.prepend(textOf(*piece, rest % countOf(*piece)));
            rest /= countOf(*piece);
        }
        all += text;
    }
    return all;
}

} // namespace coroscope::download
