// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"

namespace coroscope::app {

/// One command of the terminal interface: its name, its options, and its help. The one without a name is
/// what `coroscope` alone does.
struct CommandInfo
{
    QString name;
    QString synopsis; ///< what follows the name: "[-d DIR] URL…"
    QString summary; ///< one line
    QString details; ///< paragraphs
    QList<Option> options;
};

/// In the order of the help; the first is the one without a name.
QList<CommandInfo> commands();

/// `coroscope --help`: what there is.
QString overview();
/// `coroscope COMMAND --help`: one command, whole.
QString helpOf(const CommandInfo &command);

} // namespace coroscope::app
