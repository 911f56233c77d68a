// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/outcomes/waitchooser.h"

#include "ui/durations.h"
#include "ui/pulse.h"

#include <QMenu>

#include <algorithm>

namespace coroscope::ui {

/// More than a menu can hold; the newest are offered.
static constexpr std::size_t mostWaits = 30;
static constexpr int longestText = 36;

WaitChooser::WaitChooser(Pulse &pulse, QWidget *parent)
    : QToolButton(parent)
    , m_pulse(pulse)
{
    setObjectName(QStringLiteral("waitChooser"));
    setProperty("flat", true);
    setToolTip(tr("Show all tasks, or the tasks of one wait()"));
    setPopupMode(InstantPopup);
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &WaitChooser::fillMenu);
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if ((changes.cleared || changes.trimmed) && m_current && !m_pulse.moment().store().wait(m_current))
            choose({});
        else if (!changes.waits.empty())
            showCurrent();
    });
    connect(&pulse, &Pulse::momentChanged, this, &WaitChooser::showCurrent);
    showCurrent();
}

void WaitChooser::choose(WaitId wait)
{
    m_current = wait;
    showCurrent();
    emit chosen(wait);
}

void WaitChooser::showCurrent()
{
    const auto wait = m_pulse.moment().wait(m_current);
    QString text = wait ? textOf(*wait) : m_current ? tr("a wait() that hasn't begun") : tr("all tasks");
    setAccessibleName(tr("Tasks shown: %1").arg(text));
    if (text.size() > longestText)
        text = text.left(longestText - 1) + QStringLiteral("…");
    setText(text.replace(QLatin1Char('&'), QLatin1String("&&")) + QStringLiteral(" ▾"));
}

void WaitChooser::fillMenu()
{
    menu()->clear();
    const auto add = [this](const QString &text, WaitId wait) {
        QAction *action = menu()->addAction(QString(text).replace(QLatin1Char('&'), QLatin1String("&&")),
                                            this, [this, wait] { choose(wait); });
        action->setCheckable(true);
        action->setChecked(wait == m_current);
    };
    add(tr("all tasks"), {});
    menu()->addSeparator();
    const auto waits = m_pulse.moment().waits();
    for (const WaitId id : waits.last(std::min(waits.size(), mostWaits))) {
        if (const auto wait = m_pulse.moment().wait(id))
            add(textOf(*wait), id);
    }
    if (waits.empty())
        menu()->addAction(tr("no wait() as yet"))->setEnabled(false);
}

QString WaitChooser::textOf(const model::WaitSet &wait) const
{
    const model::Moment &moment = m_pulse.moment();
    const model::Task *task = moment.store().task(wait.task);
    const auto done = std::ranges::count_if(wait.members, [&](TaskId id) {
        return !moment.store().task(id) || moment.hasEnded(id); // one that was forgotten ended, too
    });
    QString text = tr("%1: %2 of %3 done", "a task's name, how many, of how many")
                       .arg(task ? task->name : tr("a forgotten task"))
                       .arg(done)
                       .arg(wait.members.size());
    if (wait.timeout)
        text += tr(", %1 at most").arg(formatDuration(*wait.timeout));
    return wait.ended ? tr("%1 (over)").arg(text) : text;
}

} // namespace coroscope::ui
