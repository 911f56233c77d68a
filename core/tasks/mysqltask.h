// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

struct MySqlTaskResult
{
    qint64 rows = 0; ///< that came
    quint64 changed = 0; ///< by a statement without rows
    bool hasRows = false;
    QString firstRows {}; ///< a few, for a person
};

/// "2 rows: (localhost, root), (localhost, me)", "3 rows changed".
QString toTraceText(const MySqlTaskResult &result);

/// Connects, runs the statement, hands its rows to the table that the context's book holds for the task,
/// closes. Rows of all results of a procedure count; the table has the first. Throws net::Exception, in a
/// build without libmariadb one that says so.
QCoro::Task<MySqlTaskResult> runMySql(MySqlSpec spec, TaskContext context);

} // namespace coroscope::tasks
