// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/arguments.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::Arguments)
};

bool looksLikeOption(const QString &word)
{
    return word.size() > 1 && word.startsWith(u'-') && !word[1].isDigit() && word[1] != u'.';
}

qsizetype editDistance(QStringView from, QStringView to)
{
    std::vector<qsizetype> row(to.size() + 1);
    for (qsizetype j = 0; j <= to.size(); ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= from.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        for (qsizetype j = 1; j <= to.size(); ++j) {
            const qsizetype replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

BadUse unknownOption(const QString &word, const QList<Option> &known)
{
    QStringList names;
    for (const Option &option : known) {
        if (!option.name.isEmpty())
            names << u"--"_s + option.name;
    }
    const QString guess = nearest(word, names);
    if (guess.isEmpty())
        return {Tr::tr("There is no option %1 here.").arg(word)};
    return {Tr::tr("There is no option %1 here. Did you mean %2?").arg(word, guess)};
}

} // namespace

QString Option::shown() const
{
    const QString flag = name.isEmpty() ? QString(u'-') + letter : u"--"_s + name;
    return takesValue() ? flag + u' ' + valueName : flag;
}

QString Option::key() const { return name.isEmpty() ? QString(letter) : name; }

std::variant<Arguments, BadUse> readArguments(const QStringList &line, const QList<Option> &known)
{
    Arguments read;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QString &word = line[i];
        if (word == u"--") {
            read.afterDashes = line.mid(i + 1);
            break;
        }
        if (!looksLikeOption(word)) {
            read.words << word;
            continue;
        }
        const bool isLong = word.startsWith(u"--");
        const QString flag = isLong ? word.section(u'=', 0, 0) : word.left(2);
        const auto option = std::ranges::find_if(known, [&](const Option &o) {
            return isLong ? !o.name.isEmpty() && flag.mid(2) == o.name : flag[1] == o.letter;
        });
        if (option == known.end())
            return unknownOption(flag, known);

        std::optional<QString> value; // what is glued to the option itself
        if (isLong && word.size() > flag.size())
            value = word.mid(flag.size() + 1);
        else if (!isLong && word.size() > 2)
            value = word.mid(2);
        if (value && !option->takesValue())
            return BadUse {Tr::tr("%1 takes no value.").arg(flag)};
        if (option->takesValue() && !value) {
            if (i + 1 == line.size() || line[i + 1] == u"--")
                return BadUse {Tr::tr("%1 needs a value: %2.").arg(flag, option->shown())};
            value = line[++i];
        }
        read.options.insert(option->key(), value.value_or(QString()));
        if (option->repeats)
            read.repeated[option->key()] << value.value_or(QString());
    }
    return read;
}

QString shown(const QString &word)
{
    constexpr qsizetype most = 300;
    const qsizetype scheme = word.indexOf(u"://"_s);
    const qsizetype begin = scheme < 0 ? 0 : scheme + 3;
    const qsizetype at = word.lastIndexOf(u'@');
    const bool hasLogin = at >= begin && (scheme >= 0 || word.lastIndexOf(u':', at) >= 0);
    const QString bare = hasLogin ? word.left(begin) + u"…"_s + word.mid(at) : word;
    return bare.size() > most ? bare.left(most) + u"…"_s : bare;
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    qsizetype distance = std::max<qsizetype>(2, word.size() / 3) + 1;
    for (const QString &candidate : candidates) {
        const qsizetype d = editDistance(word, candidate);
        if (d < distance && d < candidate.size()) {
            distance = d;
            best = candidate;
        }
    }
    return best;
}

} // namespace coroscope::app
