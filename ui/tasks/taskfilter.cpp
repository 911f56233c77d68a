// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskfilter.h"

#include "ui/tasks/taskwords.h"

#include <QStringList>

#include <algorithm>

namespace coroscope::ui {

TaskMatcher::TaskMatcher(const TaskFilter &filter)
    : m_filter(filter)
    , m_words(filter.text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
{ }

bool TaskMatcher::mayMatch(const model::Task &task) const
{
    return isListed(task) || (m_filter.calledCoroutines && task.entity == trace::EntityKind::Coroutine);
}

bool TaskMatcher::matches(const model::Task &task) const
{
    if (!m_filter.states.test(std::size_t(task.state)) || !mayMatch(task))
        return false;
    return std::all_of(m_words.begin(), m_words.end(), [&task](const QString &word) {
        return task.name.contains(word, Qt::CaseInsensitive)
               || task.result.contains(word, Qt::CaseInsensitive)
               || task.error.contains(word, Qt::CaseInsensitive)
               || task.category.startsWith(word, Qt::CaseInsensitive)
               || QString::number(task.id.value) == word;
    });
}

} // namespace coroscope::ui
