// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/names.h"

#include "core/trace/text.h"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <typeinfo>

namespace coroscope::trace {

namespace {

/// Where the bracket that closes at `close` was opened; -1 if nowhere.
qsizetype openingOf(const QString &text, qsizetype close)
{
    int depth = 0;
    for (qsizetype i = close; i >= 0; --i) {
        const QChar c = text.at(i);
        if (c == u')' || c == u'>' || c == u'}')
            ++depth;
        else if ((c == u'(' || c == u'<' || c == u'{') && --depth == 0)
            return i;
    }
    return -1;
}

QString demangled(const char *mangled)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(mangled, nullptr, nullptr,
                                                                               &status),
                                                           &std::free);
    return QString::fromUtf8(name ? name.get() : mangled);
}

/// Cuts what stands before the name: the return type ends at the last space outside of all brackets.
QString withoutReturnType(const QString &text, qsizetype parameters)
{
    int depth = 0;
    for (qsizetype i = parameters - 1; i >= 0; --i) {
        const QChar c = text.at(i);
        if (c == u')' || c == u'>' || c == u'}')
            ++depth;
        else if (c == u'(' || c == u'<' || c == u'{')
            --depth;
        else if (depth == 0 && (c == u' ' || c == u'*' || c == u'&'))
            return text.mid(i + 1);
    }
    return text;
}

} // namespace

QString cleanFunctionName(const char *prettyFunction)
{
    QString name = QString::fromUtf8(prettyFunction ? prettyFunction : "").trimmed();
    // "… [with T = int]" (GCC), "… [T = int]" (Clang)
    if (name.endsWith(u']')) {
        if (const qsizetype with = name.lastIndexOf(u" ["); with > 0)
            name.truncate(with);
    }
    // GCC: "main(int, char**)::<lambda(int)>"
    if (const qsizetype at = name.indexOf(u"::<lambda"); at >= 0) {
        const QString outer = name.left(at);
        return QStringLiteral("lambda in ")
               + withoutReturnType(outer,
                                   outer.endsWith(u')') ? openingOf(outer, outer.size() - 1) : outer.size());
    }
    for (const auto suffix : {u" const", u" noexcept", u" &", u" &&"})
        while (name.endsWith(suffix))
            name.chop(QStringView(suffix).size());
    if (!name.endsWith(u')'))
        return name;

    const qsizetype parameters = openingOf(name, name.size() - 1);
    if (parameters <= 0)
        return name;
    // A lambda: say where it was written.
    for (const auto lambda : {u"(anonymous class)::operator()", u"(lambda)::operator()"}) {
        if (const qsizetype at = name.indexOf(lambda); at >= 0) {
            QString outer = name.left(at);
            if (outer.endsWith(u"::"))
                outer.chop(2);
            outer = withoutReturnType(outer, outer.endsWith(u')') ? openingOf(outer, outer.size() - 1)
                                                                  : outer.size());
            return outer.isEmpty() ? QStringLiteral("lambda") : QStringLiteral("lambda in ") + outer;
        }
    }

    QString clean = withoutReturnType(name, parameters);
    clean.remove(QStringLiteral("(anonymous namespace)::"));
    clean.remove(QStringLiteral("{anonymous}::"));
    return clean;
}

QString cleanTypeName(const char *mangled)
{
    QString name = demangled(mangled);
    for (const auto noise :
         {u"QCoro::detail::", u"(anonymous namespace)::", u"QCoro::", u"struct ", u"class "})
        name.remove(QStringView(noise).toString());
    // Template arguments say nothing to a person who wonders what a task waits for.
    while (name.endsWith(u'>')) {
        const qsizetype open = openingOf(name, name.size() - 1);
        if (open <= 0)
            break;
        name.truncate(open);
    }
    return name;
}

QString currentExceptionText()
{
    try {
        throw;
    } catch (const std::exception &e) {
        return QString::fromUtf8(e.what());
    } catch (...) {
        const std::type_info *const type = abi::__cxa_current_exception_type();
        return type ? demangled(type->name()) : QStringLiteral("unknown exception");
    }
}

} // namespace coroscope::trace
