// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"
#include "core/tasks/session.h"

namespace coroscope::ui {

/// Which tasks of a session are runs of the gallery's examples, however they were started.
class ExampleRuns : public QObject
{
    Q_OBJECT
public:
    explicit ExampleRuns(tasks::Session &session, QObject *parent = nullptr);

    struct Run
    {
        QString example; ///< its id
        TaskId task;
    };
    /// In the order in which they were started; those that the store has forgotten are left out.
    std::vector<Run> all() const;
    /// The last one of an example that had begun by then; none: no task.
    TaskId latest(const QString &example, const model::Moment &moment) const;
    /// Of each example the last run whose tasks had all ended by then: what can be compared. The newest
    /// first.
    std::vector<Run> ended(const model::Moment &moment) const;

signals:
    void begun(const QString &example, coroscope::TaskId task);

private:
    tasks::Session &m_session;
    std::vector<Run> m_runs;
};

} // namespace coroscope::ui
