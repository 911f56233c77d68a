// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>
#include <variant>

namespace coroscope::app {

/// What is wrong with a command line, and what to do: one or two sentences, without the program's name.
struct BadUse
{
    QString message;
};

/// One option of a command, as the help lists it and the reader knows it.
struct Option
{
    QChar letter; ///< of `-d`; null: none
    QString name; ///< of `--directory`; empty: none
    QString valueName; ///< "DIR"; empty: a switch without a value
    QString help; ///< one line
    bool repeats = false; ///< each of its values counts, not the last alone

    QString shown() const; ///< "-d DIR", "--json"
    QString key() const; ///< by which Arguments knows it: its name, else its letter
    bool takesValue() const { return !valueName.isEmpty(); }
};

/// The words of a command line, told apart; what they mean is decided elsewhere.
struct Arguments
{
    QHash<QString, QString> options; ///< by Option::key(); the value of a switch is empty
    QStringList words; ///< all that is no option
    std::optional<QStringList> afterDashes; ///< what follows `--`, where there is one
    QHash<QString, QStringList> repeated {}; ///< all values, in order, of the options that repeat

    bool has(const QString &key) const { return options.contains(key); }
    QString value(const QString &key) const { return options.value(key); }
    QStringList values(const QString &key) const { return repeated.value(key); }
};

/// Reads `-d DIR`, `-dDIR`, `--name VALUE`, `--name=VALUE`, words in between, and what follows `--`.
/// A lone `-` and a negative number are words. An option given twice keeps its last value, unless it repeats.
std::variant<Arguments, BadUse> readArguments(const QStringList &line, const QList<Option> &known);

/// A word of the command line, for a message: without what may be a password in an address.
QString shown(const QString &word);

/// The candidate that `word` was most likely meant to be; empty if none is near.
QString nearest(const QString &word, const QStringList &candidates);

} // namespace coroscope::app
