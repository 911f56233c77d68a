// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/outcomes/waitchooser.h"

#include "ui/durations.h"
#include "ui/pulse.h"

#include <QAbstractItemView>
#include <QSignalBlocker>

#include <algorithm>

namespace coroscope::ui {

/// More than a list can be chosen from; the newest are kept.
static constexpr std::size_t mostWaits = 200;

WaitChooser::WaitChooser(model::TraceStore &store, Pulse &pulse, QWidget *parent)
    : QComboBox(parent)
    , m_store(store)
{
    setObjectName(QStringLiteral("waitChooser"));
    setAccessibleName(tr("Tasks of"));
    setToolTip(tr("Show all tasks, or the tasks of one wait()"));
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    connect(&pulse, &Pulse::beat, this, &WaitChooser::onBeat);
    connect(this, &QComboBox::currentIndexChanged, this,
            [this] { emit chosen(WaitId {currentData().toUInt()}); });
    refill();
}

void WaitChooser::onBeat(const model::ChangeSet &changes)
{
    if (changes.cleared || !changes.waits.empty())
        refill();
}

void WaitChooser::refill()
{
    const WaitId before {currentData().toUInt()};
    {
        const QSignalBlocker quiet(this);
        clear();
        addItem(tr("all tasks"), 0u);
        const auto waits = m_store.waits();
        for (const WaitId id : waits.last(std::min(waits.size(), mostWaits))) {
            if (const model::WaitSet *wait = m_store.wait(id))
                addItem(textOf(*wait), id.value);
        }
        setCurrentIndex(std::max(0, findData(before.value)));
    }
    view()->setMinimumWidth(std::min(480, view()->sizeHintForColumn(0) + 24));
    if (WaitId {currentData().toUInt()} != before)
        emit chosen({});
}

QString WaitChooser::textOf(const model::WaitSet &wait) const
{
    const model::Task *task = m_store.task(wait.task);
    const auto done = std::ranges::count_if(wait.members, [this](TaskId id) {
        const model::Task *member = m_store.task(id);
        return member && model::hasEnded(member->state);
    });
    QString text = tr("%1: wait for %n task(s)", nullptr, int(wait.members.size()))
                       .arg(task ? task->name : tr("a task that was cleared"));
    if (wait.timeout)
        text += tr(", %1 at most").arg(formatDuration(*wait.timeout));
    return wait.ended ? tr("%1 (over)").arg(text) : tr("%1 (%2 done)").arg(text).arg(done);
}

} // namespace coroscope::ui
