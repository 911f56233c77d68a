// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/batchend.h"

#include "ui/downloads/countdown.h"
#include "ui/downloads/notifier.h"
#include "ui/downloads/power.h"

#include <QLocale>
#include <QWidget>

namespace coroscope::ui {

using download::DownloadList;
using download::Totals;

static int endedOf(const Totals &totals) { return totals.done + totals.failed + totals.cancelled; }

BatchEnd::BatchEnd(DownloadList &list, Notifier &notifier, Power &power, QWidget *window)
    : QObject(window)
    , m_list(list)
    , m_notifier(notifier)
    , m_power(power)
    , m_window(window)
    , m_ended(endedOf(list.totals()))
    , m_endedBefore(m_ended)
{
    connect(&list, &DownloadList::totalsChanged, this, &BatchEnd::onTotals);
    connect(&list, &DownloadList::allEnded, this, &BatchEnd::onEnd);
    connect(&power, &Power::failed, this, &BatchEnd::said);
}

void BatchEnd::setAction(EndAction action)
{
    if (std::exchange(m_action, action) != action)
        emit actionChanged(action);
}

void BatchEnd::onTotals()
{
    m_endedBefore = std::exchange(m_ended, endedOf(m_list.totals()));
    const Totals &totals = m_list.totals();
    if (m_dialog && totals.queued + totals.active > 0)
        m_dialog->reject();
}

void BatchEnd::onEnd(const Totals &totals)
{
    if (m_ended <= m_endedBefore)
        return; // the last ones were paused or removed
    QStringList parts;
    const auto add = [&parts](int count, const QString &text) {
        if (count > 0)
            parts << text.arg(QLocale().toString(count));
    };
    add(totals.done, tr("%1 done"));
    add(totals.failed, tr("%1 failed"));
    add(totals.cancelled, tr("%1 cancelled"));
    add(totals.paused, tr("%1 paused"));
    const QString figures = parts.join(QStringLiteral(", "));
    emit said(tr("Downloads ended: %1.").arg(figures));
    if (!m_window->isActiveWindow())
        m_notifier.show(tr("Downloads ended"), figures);
    if (m_action != EndAction::Nothing && totals.paused == 0)
        countDown();
}

void BatchEnd::countDown()
{
    if (m_dialog && m_dialog->isVisible())
        return;
    const EndAction action = m_action;
    const QString text = action == EndAction::Quit ? tr("All downloads have ended. Coroscope quits in %1 s.")
                         : action == EndAction::Suspend
                             ? tr("All downloads have ended. The computer suspends in %1 s.")
                             : tr("All downloads have ended. The computer shuts down in %1 s.");
    const QString now = action == EndAction::Quit      ? tr("Quit Now")
                        : action == EndAction::Suspend ? tr("Suspend Now")
                                                       : tr("Shut Down Now");
    m_dialog = new Countdown(tr("Downloads ended"), text, now, m_countdown, m_window);
    connect(m_dialog, &QDialog::accepted, this, [this, action] { act(action); });
    m_dialog->open();
}

void BatchEnd::act(EndAction action)
{
    setAction(EndAction::Nothing);
    switch (action) {
    case EndAction::Nothing:
        break;
    case EndAction::Quit:
        emit quitWanted();
        break;
    case EndAction::Suspend:
        m_power.suspend();
        break;
    case EndAction::ShutDown:
        m_power.powerOff();
        break;
    }
}

} // namespace coroscope::ui
