// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QElapsedTimer>

#include <functional>

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

    /// Draws anew, at most ten times a second; `text` is asked for a line of that many columns at most.
    void show(const std::function<QString(int columns)> &text);
    /// Makes room for other output.
    void clear();

private:
    bool m_isTerminal;
    bool m_isShown = false;
    QElapsedTimer m_sinceShown;
};

/// "3 of 8 done, GET a.iso 63 %, sleep 2 s"; cut to `columns`.
QString progressOf(const model::TraceStore &store, const std::vector<TaskId> &tasks, int columns);

/// The beginning of a line that a terminal shows in so many columns: Chinese, Japanese and Korean characters
/// take two.
QString cutToColumns(const QString &line, int columns);

/// Columns of the terminal behind a file descriptor; none if it is no terminal.
std::optional<int> terminalColumns(int descriptor);

} // namespace coroscope::app
