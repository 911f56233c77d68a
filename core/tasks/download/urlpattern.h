// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <variant>
#include <vector>

namespace coroscope::download {

/// An address that stands for several, as curl has them: "file[001-100].jpg", "[a-z]", "[1-9:2]",
/// "{red,blue}", any number of them, multiplied. Brackets that hold no range, such as an IPv6 host's or
/// "?x[]=1", and braces without a comma stand for themselves; so does any of []{}, behind a backslash.
class UrlPattern
{
public:
    /// Else a sentence that says what is wrong.
    static std::variant<UrlPattern, QString> parse(const QString &text);

    /// How many addresses; the largest number if there are more than it can say.
    qint64 count() const;
    /// Characters that all of them have together, at most; the largest number likewise.
    qint64 size() const;
    /// All of them, the last range running fastest. Look at count() and size() first.
    QStringList expanded() const;

private:
    struct Range
    {
        qint64 first = 0;
        qint64 count = 1;
        qint64 step = 1;
        int width = 0; ///< filled up with zeros; -1: a character
    };
    using Piece = std::variant<QString, Range, QStringList>;

    static std::variant<std::monostate, Range, QString> rangeIn(const QString &inside);
    static qint64 countOf(const Piece &piece);
    static qint64 longestOf(const Piece &piece);
    static QString textOf(const Piece &piece, qint64 index);

    void addText(const QString &text);

    std::vector<Piece> m_pieces;
};

} // namespace coroscope::download
