// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/names.h"

#include "core/trace/text.h"

#include <algorithm>
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

/// Where "operator" begins, if the name that ends at `end` is an operator's: its <, > and () are no brackets.
qsizetype operatorIn(const QString &text, qsizetype end)
{
    static const QString word = QStringLiteral("operator");
    const auto isLetter = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
    for (qsizetype at = end; at > 0;) {
        at = text.lastIndexOf(word, at - 1);
        const qsizetype after = at + word.size();
        if (at >= 0 && after <= end && (at == 0 || !isLetter(text.at(at - 1)))
            && (after == text.size() || !isLetter(text.at(after))))
            return at;
    }
    return -1;
}

/// Cuts what stands before the name: the return type ends at the last space outside of all brackets.
QString withoutReturnType(const QString &text, qsizetype end)
{
    const qsizetype itsOperator = operatorIn(text, end);
    int depth = 0;
    for (qsizetype i = (itsOperator >= 0 ? itsOperator : end) - 1; i >= 0; --i) {
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

/// "… [with T = int]" (GCC), "… [T = int]" (Clang); the list may hold brackets of its own.
void cutTemplateArguments(QString &name)
{
    if (!name.endsWith(u']'))
        return;
    int depth = 0;
    for (qsizetype i = name.size() - 1; i > 0; --i) {
        if (name.at(i) == u']')
            ++depth;
        else if (name.at(i) == u'[' && --depth == 0) {
            name.truncate(i);
            name = name.trimmed();
            return;
        }
    }
}

void cutQualifiers(QString &name)
{
    for (bool found = true; found;) {
        found = false;
        for (const auto suffix : {u" const", u" volatile", u" noexcept", u" mutable", u" &", u" &&"}) {
            if (name.endsWith(suffix)) {
                name.chop(QStringView(suffix).size());
                found = true;
            }
        }
    }
}

QString withoutAnonymousNamespaces(QString name)
{
    name.remove(QStringLiteral("(anonymous namespace)::"));
    name.remove(QStringLiteral("{anonymous}::"));
    return name;
}

/// A lambda says where it was written: `outer` is the pretty name of the function around it.
QString lambdaIn(QString outer)
{
    if (outer.endsWith(u"::"))
        outer.chop(2);
    cutQualifiers(outer);
    outer = withoutAnonymousNamespaces(outer);
    if (outer.endsWith(u')'))
        outer.truncate(std::max<qsizetype>(openingOf(outer, outer.size() - 1), 0));
    outer = withoutReturnType(outer, outer.size());
    if (outer.endsWith(u'>') && operatorIn(outer, outer.size()) < 0)
        outer.truncate(std::max<qsizetype>(openingOf(outer, outer.size() - 1), 0));
    return outer.isEmpty() ? QStringLiteral("lambda") : QStringLiteral("lambda in ") + outer;
}

} // namespace

QString cleanFunctionName(const char *prettyFunction)
{
    QString name = QString::fromUtf8(prettyFunction ? prettyFunction : "").trimmed();
    cutTemplateArguments(name);
    cutQualifiers(name);
    // GCC: "main()::<lambda(int)>"; Clang: "auto main()::(anonymous class)::operator()(int)". The first names
    // the outermost of nested ones.
    for (const auto lambda : {u"<lambda(", u"(anonymous class)::operator()", u"(lambda)::operator()"}) {
        const qsizetype at = name.indexOf(lambda);
        if (at == 0 || (at > 1 && (name.at(at - 1) == u' ' || name.at(at - 1) == u':')))
            return lambdaIn(name.left(at));
    }
    if (!name.endsWith(u')'))
        return name;
    const qsizetype parameters = openingOf(name, name.size() - 1);
    if (parameters <= 0)
        return name;
    return withoutAnonymousNamespaces(withoutReturnType(name, parameters));
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

QString fullTypeName(const char *mangled) { return demangled(mangled); }

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
