// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/statusline.h"

#include "ui/pulse.h"
#include "ui/quantities.h"
#include "ui/tasks/taskwords.h"
#include "ui/theme.h"
#include "ui/timeline/forgottenstretch.h"
#include "ui/widgets/restyle.h"
#include "ui/window/stepping.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

using namespace std::chrono_literals;

namespace {

/// How busy the loop is, is said of so much time.
constexpr model::Time busyWindow = 1s;

void setText(QLabel *label, const QString &text)
{
    if (label->text() != text)
        label->setText(text);
}

} // namespace

StatusLine::StatusLine(tasks::Session &session, Pulse &pulse, QWidget *parent)
    : QStatusBar(parent)
    , m_session(session)
    , m_pulse(pulse)
{
    setSizeGripEnabled(false);
    const auto add = [this](const char *name, const QString &tip) {
        auto *label = new QLabel(this);
        label->setObjectName(QLatin1String(name));
        label->setToolTip(tip);
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(8, 0, 0, 0);
        addWidget(label);
        return label;
    };
    m_loop = add("loop", tr("The observed event loop, and the share of the last second that it was busy"));
    m_tasks = add("taskCounts", tr("Tasks by state"));
    m_events = add("events", tr("Events recorded a second"));
    m_lost = add("lost", tr("Events that were dropped because the program made more than could be recorded"));
    m_store = add("store", tr("Memory that the recorded events take"));
    m_lost->setContentsMargins(0, 0, 0, 0);
    m_live = add("live", tr("Whether the view follows the program (Space)"));
    removeWidget(m_live);
    m_live->setContentsMargins(0, 0, 8, 0);
    m_live->setTextFormat(Qt::RichText);
    addPermanentWidget(m_live);
    m_live->show();
    connect(&pulse, &Pulse::tick, this, &StatusLine::refresh);
    connect(&pulse, &Pulse::frozenChanged, this, &StatusLine::refresh);
    m_momentTimer.setSingleShot(true);
    connect(&m_momentTimer, &QTimer::timeout, this, &StatusLine::showTasks);
    connect(&pulse, &Pulse::momentChanged, this, [this] {
        showLive();
        showTasksSoon();
        if (m_pulse.moment().isPast() != std::exchange(m_wasPast, m_pulse.moment().isPast()))
            refresh();
    });
    connect(&session, &tasks::Session::schedulingChanged, this, &StatusLine::refresh);
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared)
            refresh();
    });
    refresh();
}

void StatusLine::addOffer(QWidget *widget)
{
    constexpr int labels = 5; // "live", after them, stands apart at the right
    insertPermanentWidget(labels, widget);
    widget->hide();
}

void StatusLine::refresh()
{
    const model::StoreFigures figures = m_session.store().figures();
    setText(m_loop, loopText());
    if (m_pulse.moment().isPast())
        showTasksSoon();
    else
        showTasks();
    const QString rate = QLocale().toString(std::llround(figures.eventsPerSecond));
    const bool past = m_pulse.moment().isPast();
    setText(m_events, QStringLiteral("|  ") + (past ? tr("now %1 events/s") : tr("%1 events/s")).arg(rate));
    const std::uint64_t lost = figures.lost + figures.lostTexts;
    setText(m_lost, tr("· %1 lost").arg(QLocale().toString(lost)));
    setRole(m_lost, lost > 0 ? "error" : "dim");
    m_store->setToolTip(figures.forgottenEvents > 0 ? forgottenTip(m_session.store())
                                                    : tr("Memory that the recorded events take"));
    setText(m_store, QStringLiteral("|  ") + tr("store %1").arg(formatBytes(double(figures.memoryBytes))));
    showLive();
}

void StatusLine::showTasksSoon()
{
    if (!m_momentTimer.isActive())
        m_momentTimer.start(m_momentPause);
}

void StatusLine::showTasks()
{
    QElapsedTimer cost;
    cost.start();
    setText(m_loop, loopText());
    setText(m_tasks, QStringLiteral("|  ") + tasksText(m_pulse.moment().tasksByState()));
    m_momentPause = int(std::max<qint64>(50, 9 * cost.elapsed()));
}

void StatusLine::showLive()
{
    const bool past = m_pulse.moment().isPast();
    const bool frozen = m_pulse.isFrozen();
    const Theme &theme = Theme::of(palette());
    setText(m_live, QStringLiteral("<span style=\"color:%1\">●</span> %2")
                        .arg((past                            ? theme.accent
                              : frozen || !m_session.isLive() ? theme.dimText
                                                              : theme.good)
                                 .name(),
                             past                 ? tr("replay")
                             : frozen             ? tr("frozen")
                             : m_session.isLive() ? tr("live")
                                                  : tr("from a file")));
}

QString StatusLine::loopText() const
{
    const model::Moment &moment = m_pulse.moment();
    const QString scheduling = !moment.isPast()  ? schedulingText(m_session)
                               : moment.isHeld() ? tr("held")
                                                 : QString();
    if (!scheduling.isEmpty())
        return tr("loop %1 · %2").arg(m_session.loopName(), scheduling);
    const model::TraceStore &store = m_session.store();
    const auto loop = std::ranges::find_if(store.tasks(), [&store](TaskId id) {
        const model::Task *task = store.task(id);
        return task && task->entity == trace::EntityKind::Loop;
    });
    if (loop == store.tasks().end())
        return tr("loop %1").arg(m_session.loopName());
    const model::Time now = m_pulse.now();
    const model::Time from = std::max(store.firstTime(), now - busyWindow);
    const double busy = now > from
                            ? double(store.busyIn(*loop, from, now).count()) / double((now - from).count())
                            : 0;
    return tr("loop %1 · %2 % busy").arg(m_session.loopName()).arg(std::lround(std::min(busy, 1.0) * 100));
}

QString StatusLine::tasksText(const std::array<std::uint32_t, 8> &tasksByState) const
{
    std::uint32_t all = 0;
    QStringList parts;
    for (std::size_t state = 0; state < tasksByState.size(); ++state) {
        const std::uint32_t count = tasksByState[state];
        all += count;
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(QLocale().toString(count),
                                                 stateText(model::TaskState(state)));
    }
    const QString total = all == 1 ? tr("1 task") : tr("%Ln tasks", nullptr, int(all));
    return parts.isEmpty() ? total : QStringLiteral("%1: %2").arg(total, parts.join(QStringLiteral(", ")));
}

} // namespace coroscope::ui
