// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"

#include <QPointer>

#include <chrono>

class QWidget;

namespace coroscope::ui {

class Countdown;
class Notifier;
class Power;

/// What happens when all downloads have ended.
enum class EndAction { Nothing, Quit, Suspend, ShutDown };

/// Says when all downloads have ended, to a person who looks elsewhere too, and then does what was chosen for
/// that: after a countdown that can be cancelled, and once. Paused ones haven't ended: with any of them
/// nothing is done.
class BatchEnd : public QObject
{
    Q_OBJECT
public:
    BatchEnd(download::DownloadList &list, Notifier &notifier, Power &power, QWidget *window);

    void setAction(EndAction action);
    EndAction action() const { return m_action; }
    void setCountdown(std::chrono::seconds time) { m_countdown = time; }

signals:
    /// A sentence for the status bar.
    void said(const QString &message);
    void quitWanted();
    /// Once it is done, or another was chosen.
    void actionChanged(coroscope::ui::EndAction action);

private:
    void onTotals();
    void onEnd(const download::Totals &totals);
    void countDown();
    void act(EndAction action);

    download::DownloadList &m_list;
    Notifier &m_notifier;
    Power &m_power;
    QWidget *m_window;
    EndAction m_action = EndAction::Nothing;
    std::chrono::seconds m_countdown {30};
    QPointer<Countdown> m_dialog;
    int m_ended = 0;
    int m_endedBefore = 0;
};

} // namespace coroscope::ui
