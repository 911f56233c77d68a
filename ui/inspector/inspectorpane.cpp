// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/inspectorpane.h"

#include "ui/durations.h"
#include "ui/inspector/awaittree.h"
#include "ui/inspector/causebars.h"
#include "ui/inspector/factgrid.h"
#include "ui/inspector/histogramview.h"
#include "ui/inspector/progressstrip.h"
#include "ui/inspector/textblock.h"
#include "ui/pulse.h"
#include "ui/quantities.h"
#include "ui/replay/momentbadge.h"
#include "ui/selection.h"
#include "ui/tasks/taskwords.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>

namespace coroscope::ui {

using model::Task;

/// Laying out texts anew at each frame would be wasted on a reader.
static constexpr qint64 refreshInterval = 100; // ms
static constexpr int mostBars = 16;
/// Slices of the one task that are read for its sums at a past moment: some milliseconds.
static constexpr std::uint32_t effort = 200'000;

InspectorPane::InspectorPane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent)
    : QScrollArea(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_selection(selection)
    , m_printed(store)
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build();
    connect(&selection, &Selection::changed, this, &InspectorPane::refresh);
    connect(&pulse, &Pulse::beat, this, &InspectorPane::onBeat);
    connect(&pulse, &Pulse::tick, this, &InspectorPane::refresh);
    connect(&pulse, &Pulse::momentChanged, this, &InspectorPane::refreshSoon);
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &InspectorPane::refresh);
    refresh();
}

void InspectorPane::build()
{
    auto *page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *outer = new QVBoxLayout(page);
    outer->setContentsMargins(16, 12, 14, 14);
    outer->addWidget(new MomentBadge(m_pulse, page), 0, Qt::AlignLeft);
    m_empty = new QLabel(page);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setRole(m_empty, "dim");
    m_content = new QWidget(page);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_content);
    outer->addStretch(0);

    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto label = [this, layout](const char *role, const char *name) {
        auto *text = new QLabel(m_content);
        setRole(text, role);
        text->setObjectName(QLatin1String(name));
        text->setWordWrap(true);
        text->setMinimumWidth(40);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(text);
        return text;
    };
    const auto heading = [&](const QString &text, const char *name) {
        layout->addSpacing(6);
        QLabel *made = label("heading", name);
        made->setText(text);
        return made;
    };
    const auto add = [layout](auto *widget) {
        layout->addWidget(widget);
        return widget;
    };
    m_title = label("title", "inspectorTitle");
    m_subtitle = label("dim", "inspectorSubtitle");
    m_progress = add(new ProgressStrip(m_content));
    m_warnings = label("error", "inspectorWarnings");
    m_facts = add(new FactGrid(m_content));
    m_outcome = add(new TextBlock(tr("Result"), m_content));
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_awaitsHeading = heading(tr("Awaits"), "awaitsHeading");
    m_awaits = add(new AwaitTree(m_selection, m_content));
    m_slicesHeading = heading(tr("Slices"), "slicesHeading");
    m_histogram = add(new HistogramView(m_content));
    m_wakesHeading = heading(tr("Wakes by cause"), "wakesHeading");
    m_wakes = add(new CauseBars(m_content));
    m_lines = add(new TextBlock(tr("Printed"), m_content));
    m_lines->setObjectName(QStringLiteral("printed"));
    setWidget(page);
}

void InspectorPane::onBeat()
{
    if (!m_sinceRefresh.isValid() || m_sinceRefresh.elapsed() >= refreshInterval)
        refresh();
}

/// A playhead moves at each frame; where it stops is shown in any case.
void InspectorPane::refreshSoon()
{
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : refreshInterval;
    if (!m_refresh.isActive())
        m_refresh.start(int(std::clamp(refreshInterval - since, qint64(0), refreshInterval)));
}

void InspectorPane::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    refresh();
}

void InspectorPane::refresh()
{
    if (!isVisible())
        return;
    m_sinceRefresh.start();
    const auto task = m_pulse.moment().task(m_selection.task(), effort);
    const Task *later = task ? nullptr : m_store.task(m_selection.task());
    m_empty->setText(later
                         ? tr("%1 had not been created yet.").arg(later->name)
                         : tr("No task selected.\nSelect one on the timeline or in a table to see all about "
                              "it."));
    m_empty->setVisible(!task);
    m_content->setVisible(task != nullptr);
    if (task)
        showTask(*task);
}

void InspectorPane::showTask(const Task &task)
{
    const auto setText = [](QLabel *label, const QString &text) {
        if (const QString shown = breakable(text); label->text() != shown)
            label->setText(shown);
    };
    setText(m_title, task.name);
    setText(m_subtitle, subtitleOf(task));
    m_progress->setVisible(task.progress.has_value());
    if (task.progress)
        m_progress->show(task, m_pulse.now());
    QStringList warnings;
    for (const Warning &warning : warningsOf(m_pulse.moment(), task))
        warnings << warning.text;
    m_warnings->setVisible(!warnings.isEmpty());
    setText(m_warnings, warnings.join(QLatin1Char('\n')));
    showFacts(task);
    const bool waits = !model::hasEnded(task.state) && task.entity != trace::EntityKind::Loop;
    m_awaitsHeading->setVisible(waits);
    m_awaits->setVisible(waits);
    if (waits)
        m_awaits->show(m_pulse.moment(), task.id);
    showSlices(task);
    m_wakesHeading->setVisible(task.polls > 0);
    m_wakes->setVisible(task.polls > 0);
    m_wakes->show(task);
    showTexts(task);
}

QString InspectorPane::subtitleOf(const Task &task) const
{
    QString text = tr("%1 · task %2").arg(kindText(task)).arg(task.id.value);
    if (const Task *parent = m_store.task(task.parent))
        text += tr(" · child of %1").arg(parent->name);
    return text;
}

void InspectorPane::showFacts(const Task &task)
{
    const model::Time now = m_pulse.now();
    const TaskTimes times = timesOf(task, now);
    const bool ended = model::hasEnded(task.state);
    QString state = stateText(task.state);
    if (task.state == model::TaskState::Suspended && task.wait.kind != trace::WaitKind::None)
        state = tr("suspended on %1").arg(m_store.describe(leafWait(m_pulse.moment(), task)));
    const model::Time since = ended ? times.total : std::max(model::Time {}, now - task.stateSince);
    m_facts->set("state", tr("State"),
                 ended ? tr("%1 after %2").arg(state, formatDuration(since))
                       : tr("%1, %2").arg(state, formatDuration(since)));
    const double total = double(std::max<std::int64_t>(1, times.total.count()));
    m_facts->set("shares", tr("Busy"),
                 tr("%1 · waiting %2 · ready %3")
                     .arg(formatPercent(double(times.busy.count()) / total),
                          formatPercent(double(times.waiting.count()) / total),
                          formatPercent(double(times.ready.count()) / total)),
                 tr("%1 busy, %2 waiting, %3 ready")
                     .arg(formatDuration(times.busy), formatDuration(times.waiting),
                          formatDuration(times.ready)));
    if (m_statistics.read(m_pulse.moment(), task.id) && m_pulse.moment().isPast())
        refreshSoon(); // there are no beats
    QString polls = QLocale().toString(task.polls + task.stepsPolls);
    if (m_statistics.count() > 0) {
        polls += tr(" · p50 %1 · p99 %2 · max %3")
                     .arg(formatDuration(std::min(m_statistics.percentile(0.5), task.longestSlice)),
                          formatDuration(std::min(m_statistics.percentile(0.99), task.longestSlice)),
                          formatDuration(task.longestSlice));
    }
    m_facts->set("polls", tr("Polls"), polls);
    m_facts->set("cause", tr("Last cause"), m_store.describe(task.lastCause, task.lastCauser));
    const Task *creator = m_store.task(task.parent);
    m_facts->set("creator", tr("Created by"), creator ? creator->name : tr("nobody traced"));
    const model::Location &place = m_store.location(task.location);
    m_facts->set("location", tr("Source"),
                 task.location
                     ? QStringLiteral("%1 · %2").arg(place.function, locationText(m_store, task.location))
                     : QString(),
                 place.file);
    m_facts->set("site", tr("Waits at"), waitingAt(task));
}

QString InspectorPane::waitingAt(const Task &task) const
{
    const bool waits = task.state == model::TaskState::Suspended || task.state == model::TaskState::Ready;
    return waits ? locationText(m_store, task.wait.site) : QString();
}

void InspectorPane::showSlices(const Task &task)
{
    const bool any = m_statistics.count() > 0;
    m_slicesHeading->setVisible(any);
    m_histogram->setVisible(any);
    if (any)
        m_histogram->show(m_statistics.bars(mostBars), task.category.toUtf8());
}

void InspectorPane::showTexts(const Task &task)
{
    const bool failed = task.state == model::TaskState::Failed;
    m_outcome->setHeading(failed ? tr("Error") : tr("Result"));
    m_outcome->setText(failed ? task.error : task.result);
    showLines(task);
}

void InspectorPane::showLines(const Task &task)
{
    const model::Moment &moment = m_pulse.moment();
    const model::Time until = moment.isPast() ? moment.now() : model::Time::max();
    if (task.id != m_printedOf || m_printed.lastTaken() > until) {
        m_printedOf = task.id;
        m_printed.rewind(task.id);
        m_lines->setText({});
    }
    QStringList lines;
    for (const ConsoleLog::Line &line : m_printed.takeNew(until))
        lines << line.text;
    if (!lines.isEmpty())
        m_lines->append(lines.join(QLatin1Char('\n')));
}

} // namespace coroscope::ui
