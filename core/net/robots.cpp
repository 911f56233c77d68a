// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/robots.h"

#include <optional>

namespace coroscope::net {

namespace {

bool isUnreserved(uchar c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.'
           || c == '_' || c == '~';
}

int hexValue(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

void appendEncoded(QByteArray &out, uchar c)
{
    constexpr char digits[] = "0123456789ABCDEF";
    out += '%';
    out += digits[c >> 4];
    out += digits[c & 15];
}

/// Two ways to write the same path become one: what need not be encoded isn't, all else is.
QByteArray normalized(const QByteArray &path)
{
    QByteArray out;
    out.reserve(path.size());
    for (qsizetype i = 0; i < path.size(); ++i) {
        const bool isEscape = path[i] == '%' && i + 2 < path.size() && hexValue(path[i + 1]) >= 0
                              && hexValue(path[i + 2]) >= 0;
        if (isEscape) {
            const auto byte = uchar(hexValue(path[i + 1]) * 16 + hexValue(path[i + 2]));
            if (isUnreserved(byte))
                out += char(byte);
            else
                appendEncoded(out, byte);
            i += 2;
        } else if (uchar(path[i]) >= 0x7f || uchar(path[i]) <= ' ') {
            appendEncoded(out, uchar(path[i]));
        } else {
            out += path[i];
        }
    }
    return out;
}

/// Whether the pattern fits the beginning of the path. Steps back to the last * only: no pattern can make it
/// slow.
bool fits(const QByteArray &pattern, const QByteArray &path)
{
    const bool isAnchored = pattern.endsWith('$');
    const qsizetype length = pattern.size() - isAnchored;
    qsizetype p = 0;
    qsizetype s = 0;
    qsizetype star = -1;
    qsizetype resumeAt = 0;
    for (;;) {
        if (p == length && (!isAnchored || s == path.size()))
            return true;
        if (p < length && pattern[p] == '*') {
            star = p++;
            resumeAt = s;
        } else if (p < length && s < path.size() && pattern[p] == path[s]) {
            ++p;
            ++s;
        } else if (star >= 0 && resumeAt < path.size()) {
            p = star + 1;
            s = ++resumeAt;
        } else {
            return false;
        }
    }
}

struct Line
{
    QByteArray key; ///< in lower case
    QByteArray value;
};

std::optional<Line> parseLine(QByteArray line)
{
    if (const qsizetype comment = line.indexOf('#'); comment >= 0)
        line.truncate(comment);
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return {};
    return Line {line.first(colon).trimmed().toLower(), line.mid(colon + 1).trimmed()};
}

/// "Coroscope" of "Coroscope/1.0 (a crawler)".
QByteArray productToken(const QByteArray &agent)
{
    qsizetype end = 0;
    while (end < agent.size() && (isalpha(uchar(agent[end])) || agent[end] == '-' || agent[end] == '_'))
        ++end;
    return agent.first(end).toLower();
}

} // namespace

RobotsRules RobotsRules::nothingAllowed()
{
    RobotsRules rules;
    rules.m_rules << Rule {"/", false};
    return rules;
}

RobotsRules RobotsRules::parse(const QByteArray &text, const QByteArray &agent)
{
    RobotsRules forUs;
    RobotsRules forAll;
    const QByteArray own = productToken(agent);
    bool isNamed = false; // by any group
    bool isOurs = false;
    bool isAnybodys = false;
    bool inHead = false; // among the user-agent lines of a group
    QByteArray lines = text.first(std::min(text.size(), most));
    if (lines.startsWith("\xef\xbb\xbf"))
        lines.remove(0, 3);
    lines.replace('\r', '\n');
    for (const QByteArray &raw : lines.split('\n')) {
        const auto line = parseLine(raw);
        if (!line)
            continue;
        if (line->key == "user-agent") {
            if (!inHead)
                isOurs = isAnybodys = false;
            inHead = true;
            isAnybodys = isAnybodys || line->value.startsWith('*');
            if (!own.isEmpty() && productToken(line->value) == own)
                isOurs = isNamed = true;
            continue;
        }
        const bool allows = line->key == "allow";
        if (!allows && line->key != "disallow")
            continue; // such as Sitemap: no part of a group
        inHead = false;
        if (line->value.isEmpty())
            continue;
        const Rule rule {normalized(line->value), allows};
        if (isOurs)
            forUs.m_rules << rule;
        if (isAnybodys)
            forAll.m_rules << rule;
    }
    return isNamed ? forUs : forAll;
}

bool RobotsRules::allows(const QUrl &url) const
{
    QByteArray path = url.path(QUrl::FullyEncoded).toUtf8();
    if (path.isEmpty())
        path = "/";
    if (path == "/robots.txt")
        return true;
    if (url.hasQuery())
        path += '?' + url.query(QUrl::FullyEncoded).toUtf8();
    path = normalized(path);
    const Rule *best = nullptr;
    for (const Rule &rule : m_rules) {
        const bool isBetter = !best || rule.pattern.size() > best->pattern.size()
                              || (rule.pattern.size() == best->pattern.size() && rule.allows);
        if (isBetter && fits(rule.pattern, path))
            best = &rule;
    }
    return !best || best->allows;
}

} // namespace coroscope::net
