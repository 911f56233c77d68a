// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/pythonrepr.h"

#include "core/trace/text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace coroscope::gallery {

using namespace Qt::StringLiterals;

namespace {

QChar quoteFor(bool hasSingle, bool hasDouble) { return hasSingle && !hasDouble ? u'"' : u'\''; }

QString hex(quintptr value, int digits) { return QString::number(value, 16).rightJustified(digits, u'0'); }

/// One character between quotes.
QString escaped(char32_t c, QChar quote)
{
    switch (c) {
    case U'\n':
        return u"\\n"_s;
    case U'\r':
        return u"\\r"_s;
    case U'\t':
        return u"\\t"_s;
    case U'\\':
        return u"\\\\"_s;
    default:
        break;
    }
    if (c == quote.unicode())
        return u'\\' + QString(quote);
    if (c == U' ' || QChar::isPrint(c))
        return QString::fromUcs4(&c, 1);
    return c < 0x100 ? u"\\x"_s + hex(c, 2) : c < 0x10000 ? u"\\u"_s + hex(c, 4) : u"\\U"_s + hex(c, 8);
}

QString reprOf(const std::u32string &text)
{
    const QChar quote = quoteFor(std::ranges::count(text, U'\'') > 0, std::ranges::count(text, U'"') > 0);
    QString quoted(quote);
    for (const char32_t c : text)
        quoted += escaped(c, quote);
    return quoted + quote;
}

QString reprOfError(const AnyTask &task)
{
    try {
        std::rethrow_exception(task.error());
    } catch (...) {
        return u"Exception(%1)"_s.arg(repr(trace::currentExceptionText()));
    }
}

} // namespace

QString repr(const QString &text) { return reprOf(text.toStdU32String()); }

QString repr(const QByteArray &bytes)
{
    const QChar quote = quoteFor(bytes.contains('\''), bytes.contains('"'));
    QString quoted = u'b' + QString(quote);
    for (const char byte : bytes) {
        const auto c = uchar(byte);
        quoted += c < 0x7f ? escaped(c, quote) : u"\\x"_s + hex(c, 2);
    }
    return quoted + quote;
}

QString repr(double number)
{
    const QString text = QString::number(number, 'g', QLocale::FloatingPointShortest);
    return std::isfinite(number) && !text.contains(u'.') && !text.contains(u'e') ? text + u".0"_s : text;
}

QString shortRepr(const QString &text)
{
    constexpr std::size_t most = 30;
    constexpr std::size_t front = (most - 3) / 2;
    constexpr std::size_t back = most - 3 - front;
    const std::u32string characters = text.toStdU32String();
    std::u32string quoted = reprOf(characters.substr(0, most)).toStdU32String();
    if (quoted.size() > most) {
        const std::size_t tail = characters.size() - std::min(characters.size(), back);
        quoted = reprOf(characters.substr(0, front) + characters.substr(tail)).toStdU32String();
        quoted = quoted.substr(0, front) + U"..." + quoted.substr(quoted.size() - back);
    }
    return QString::fromStdU32String(quoted);
}

namespace detail {

QString reprOfUnfinished(const AnyTask &task)
{
    const QString name = repr(task.name());
    if (!task.isDone())
        return u"<Task pending name=%1>"_s.arg(name);
    if (task.isCancelled())
        return u"<Task cancelled name=%1>"_s.arg(name);
    return u"<Task finished name=%1 exception=%2>"_s.arg(name, reprOfError(task));
}

QString reprOfFinished(const AnyTask &task, const QString &result)
{
    return u"<Task finished name=%1 result=%2>"_s.arg(repr(task.name()), result);
}

QString reprOfFuture(const void *identity, JobPhase phase)
{
    return u"<Future at 0x%1 state=%2>"_s.arg(hex(quintptr(identity), 12), toText(phase));
}

} // namespace detail

} // namespace coroscope::gallery
