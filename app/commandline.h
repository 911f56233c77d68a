// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/downloadarguments.h"
#include "app/surroundings.h"
#include "app/tracearguments.h"
#include "core/dispatch/loopkind.h"
#include "core/model/retention.h"
#include "core/tasks/session.h"
#include "ui/theme.h"

#include <chrono>

namespace coroscope::app {

/// What a command line asks for, checked and whole.
struct Plan
{
    enum class What {
        Window, ///< nothing to run: an empty window, or one that asks whether to fetch `urls`
        Demo,
        Tasks, ///< `specs`
        Downloads, ///< `downloads`
        Example, ///< the only one of `specs`
        Recordings, ///< `recordings`, to be looked at
        Trace, ///< `trace`
    };
    enum class Where { Window, Terminal };
    enum class Output { Plain, Json };

    What what = What::Window;
    Where where = Where::Window;
    std::vector<tasks::TaskSpec> specs;
    DownloadPlan downloads;
    QString urls; ///< lines for the window's form
    QStringList recordings; ///< files; at least one
    bool isFollowing = false; ///< `recordings` are shown as they are written
    TracePlan trace;
    QString record; ///< the file for --record; empty: none
    Output output = Output::Plain;
    std::optional<std::chrono::milliseconds> timeout; ///< for the whole run
    QString picture; ///< the file for --screenshot; empty: none
    std::optional<ui::ThemeChoice> theme; ///< none: as the settings say
    std::optional<model::Retention> keep; ///< of the session; none: as the window's settings say
    std::optional<dispatch::LoopKind> loop; ///< an available one; none: as the window's settings say
};

/// To be printed to standard output; then all is done.
struct Answer
{
    QString text;
};

/// `line` is without the program's name. Nothing is started or created, and nothing printed but the question
/// for a password.
std::variant<Plan, Answer, BadUse> parseCommandLine(const QStringList &line,
                                                    const Surroundings &surroundings);

/// What a session is to do for it, in order. `limits`: those that its downloads have now.
std::vector<tasks::Command> commandsOf(const Plan &plan, const download::Limits &limits = {});

/// The same work where no window can be shown: off-screen, in the terminal. An empty window becomes the demo
/// and a picture of it.
Plan withoutDisplay(Plan plan);

} // namespace coroscope::app
