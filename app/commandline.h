// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "core/tasks/session.h"
#include "ui/theme.h"

#include <chrono>
#include <functional>

namespace coroscope::app {

/// What a command line asks for, checked and whole.
struct Plan
{
    enum class What {
        Window, ///< nothing to run: an empty window
        Demo,
        Tasks, ///< `specs`
    };
    enum class Where { Window, Terminal };
    enum class Output { Plain, Json };

    What what = What::Window;
    Where where = Where::Window;
    std::vector<tasks::TaskSpec> specs;
    Output output = Output::Plain;
    std::optional<std::chrono::milliseconds> timeout; ///< for the whole run
    QString picture; ///< the file for --screenshot; empty: none
    std::optional<ui::ThemeChoice> theme; ///< none: as the settings say
};

/// To be printed to standard output; then all is done.
struct Answer
{
    QString text;
};

/// What a command line may read besides itself.
struct Surroundings
{
    QString folder; ///< where downloads go without -d
    QByteArray redisPassword; ///< REDISCLI_AUTH; empty: none
    /// The text of a file, of standard input for "-"; or why it can't be read.
    std::function<std::variant<QString, BadUse>(const QString &path)> read;

    /// Those of this process.
    static Surroundings ofProcess();
};

/// `line` is without the program's name. Nothing is started, created or printed.
std::variant<Plan, Answer, BadUse> parseCommandLine(const QStringList &line,
                                                    const Surroundings &surroundings);

/// What a session is to do for it, in order.
std::vector<tasks::Command> commandsOf(const Plan &plan);

/// The same work where no window can be shown: off-screen, in the terminal. An empty window becomes the demo
/// and a picture of it.
Plan withoutDisplay(Plan plan);

} // namespace coroscope::app
