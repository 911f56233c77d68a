// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"

namespace coroscope::app {

/// One command of the terminal interface: its name, its options, and its help. The one without a name is
/// what `coroscope` alone does.
struct CommandInfo
{
    struct Group
    {
        QString title; ///< "Options"
        QList<Option> options;
    };

    QString name;
    QString synopsis; ///< what follows the name: "[-d DIR] URL…"
    QString summary; ///< one line
    QString details; ///< paragraphs, before the options
    QList<Group> groups;
    QString more {}; ///< paragraphs, after the options

    QList<Option> options() const; ///< of all groups
};

/// In the order of the help; the first is the one without a name.
QList<CommandInfo> commands();

/// `coroscope --help`: what there is.
QString overview();
/// `coroscope COMMAND --help`: one command, whole.
QString helpOf(const CommandInfo &command);

} // namespace coroscope::app
