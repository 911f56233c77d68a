// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QElapsedTimer>

namespace coroscope::app {

/// What is under way, in one line of a terminal that is written over again and again. Silent where standard
/// error is no terminal.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    /// Draws anew, at most ten times a second.
    void show(const model::TraceStore &store, const std::vector<TaskId> &tasks);
    /// Makes room for other output.
    void clear();

    /// "3 of 8 done, GET a.iso 63 %, sleep 2 s"; cut to `columns`.
    static QString text(const model::TraceStore &store, const std::vector<TaskId> &tasks, int columns);

private:
    bool m_isTerminal;
    bool m_isShown = false;
    QElapsedTimer m_sinceShown;
};

/// Columns of the terminal behind a file descriptor; none if it is no terminal.
std::optional<int> terminalColumns(int descriptor);

} // namespace coroscope::app
