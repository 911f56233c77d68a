// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QString>

#include <bitset>

namespace coroscope::ui {

/// Which tasks the table shows.
struct TaskFilter
{
    QString text; ///< words, each in the name, kind, result, error or id; case doesn't matter
    std::bitset<8> states = std::bitset<8>().set(); ///< by model::TaskState
    bool calledCoroutines = false; ///< those too that nobody spawned

    bool isEmpty() const { return text.trimmed().isEmpty() && states.all(); }
    friend bool operator==(const TaskFilter &, const TaskFilter &) = default;
};

/// A filter made ready for many tasks.
class TaskMatcher
{
public:
    explicit TaskMatcher(const TaskFilter &filter);
    bool matches(const model::Task &task) const;
    /// By what never changes of it: text and states aside.
    bool mayMatch(const model::Task &task) const;

private:
    TaskFilter m_filter;
    QStringList m_words;
};

} // namespace coroscope::ui
