// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/rediscommand.h"

namespace coroscope::net {

namespace {

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char unescaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'a':
        return '\a';
    default:
        return c;
    }
}

/// Reads one argument after another off a line.
class Splitter
{
public:
    explicit Splitter(QByteArrayView line)
        : m_line(line)
    { }

    std::optional<RedisCommand> split()
    {
        RedisCommand command;
        for (;;) {
            while (m_at < m_line.size() && isBlank(m_line[m_at]))
                ++m_at;
            if (m_at == m_line.size())
                return command;
            QByteArray argument;
            if (!readArgument(argument))
                return std::nullopt;
            command << argument;
        }
    }

private:
    bool readArgument(QByteArray &argument)
    {
        while (m_at < m_line.size() && !isBlank(m_line[m_at])) {
            const char c = m_line[m_at++];
            if (c == '"')
                return readDoubleQuoted(argument);
            if (c == '\'')
                return readSingleQuoted(argument);
            argument += c;
        }
        return true;
    }

    bool atEndOfQuoted() const { return m_at == m_line.size() || isBlank(m_line[m_at]); }

    bool readDoubleQuoted(QByteArray &argument)
    {
        while (m_at < m_line.size()) {
            const char c = m_line[m_at++];
            if (c == '"')
                return atEndOfQuoted();
            if (c != '\\' || m_at == m_line.size()) {
                argument += c;
                continue;
            }
            if (m_line[m_at] == 'x' && m_at + 2 < m_line.size()) {
                const int high = hexDigit(m_line[m_at + 1]);
                const int low = hexDigit(m_line[m_at + 2]);
                if (high >= 0 && low >= 0) {
                    argument += char(high * 16 + low);
                    m_at += 3;
                    continue;
                }
            }
            argument += unescaped(m_line[m_at++]);
        }
        return false;
    }

    bool readSingleQuoted(QByteArray &argument)
    {
        while (m_at < m_line.size()) {
            const char c = m_line[m_at++];
            if (c == '\'')
                return atEndOfQuoted();
            if (c == '\\' && m_at < m_line.size() && m_line[m_at] == '\'')
                argument += m_line[m_at++];
            else
                argument += c;
        }
        return false;
    }

    QByteArrayView m_line;
    qsizetype m_at = 0;
};

bool needsQuotes(const QByteArray &argument)
{
    return argument.isEmpty() || std::any_of(argument.begin(), argument.end(), [](char c) {
               return uchar(c) <= ' ' || c == '"' || c == '\'' || c == '\\' || c == 0x7f;
           });
}

QByteArray quoted(const QByteArray &argument)
{
    QByteArray out = "\"";
    for (const char c : argument) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (uchar(c) < ' ' || c == 0x7f)
            out += "\\x" + QByteArray(1, c).toHex();
        else
            out += c;
    }
    return out + '"';
}

} // namespace

std::optional<RedisCommand> splitCommandLine(QByteArrayView line) { return Splitter(line).split(); }

QByteArray joinCommandLine(const RedisCommand &command)
{
    QByteArray out;
    for (const QByteArray &argument : command) {
        if (!out.isEmpty())
            out += ' ';
        out += needsQuotes(argument) ? quoted(argument) : argument;
    }
    return out;
}

} // namespace coroscope::net
