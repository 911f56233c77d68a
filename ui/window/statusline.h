// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace coroscope::ui {

class Pulse;

/// The line at the bottom: the loop and how busy it is or that it is held, tasks by state, events a second,
/// what was lost, the store's memory; live or frozen.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    StatusLine(tasks::Session &session, Pulse &pulse, QWidget *parent = nullptr);

    /// A widget that is shown for some time only, beside "live". Stays hidden until then.
    void addOffer(QWidget *widget);

private:
    void refresh();
    void showLive();
    void showTasks();
    void showTasksSoon();
    QString loopText() const;
    QString tasksText(const std::array<std::uint32_t, 8> &tasksByState) const;

    tasks::Session &m_session;
    Pulse &m_pulse;
    QTimer m_momentTimer; ///< counting the tasks of a moment may take long
    int m_momentPause = 50; ///< ms, until the next count
    bool m_wasPast = false;
    QLabel *m_loop;
    QLabel *m_tasks;
    QLabel *m_events;
    QLabel *m_lost;
    QLabel *m_store;
    QLabel *m_live;
};

} // namespace coroscope::ui
