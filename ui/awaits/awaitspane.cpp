// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/awaits/awaitspane.h"

#include "ui/durations.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/tasks/taskwords.h"
#include "ui/theme.h"
#include "ui/timeline/waitreason.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QTreeWidget>

namespace coroscope::ui {

using model::AwaitLine;
using model::TaskState;
using model::Time;
using Kind = AwaitLine::Kind;

constexpr std::uint32_t oneBit = 5'000; // tasks: some hundred microseconds
constexpr int taskRole = Qt::UserRole;

namespace {

/// "download::transfer" of "coroscope::download::transfer": deep in the tree there is little room.
QString shortName(const QString &name)
{
    const QLatin1String separator("::");
    const auto last = name.lastIndexOf(separator);
    const auto before = last > 0 ? name.lastIndexOf(separator, last - 1) : -1;
    const bool isFunction = before > 0 && !name.contains(QLatin1Char(' '));
    return isFunction ? name.mid(before + separator.size()) : name;
}

/// Draws its own marks of what is open or closed: the style's are hard to see in the dark.
class Tree : public QTreeWidget
{
public:
    using QTreeWidget::QTreeWidget;

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override
    {
        if (!model()->hasChildren(index))
            return;
        painter->setPen(Theme::of(palette()).dimText);
        const QRect mark(rect.right() - indentation() + 1, rect.top(), indentation(), rect.height());
        painter->drawText(mark, Qt::AlignCenter,
                          isExpanded(index) ? QStringLiteral("▾") : QStringLiteral("▸"));
    }
};

} // namespace

AwaitsPane::AwaitsPane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_selection(selection)
    , m_pacer(this, pulse, [this] { return readOn(); })
    , m_view(new Tree(this))
    , m_empty(new EmptyState(tr("No task is pending.\nHere stands who waits for whom, down to the timer, "
                                "reply or future that all of them wait for."),
                             m_view))
    , m_corner(new QWidget(this))
    , m_cycles(new QLabel(m_corner))
    , m_count(new QLabel(m_corner))
{
    m_view->setObjectName(QStringLiteral("awaitForest"));
    m_view->setAccessibleName(tr("Who waits for whom"));
    m_view->setHeaderLabels({tr("Task"), tr("Waits for"), tr("Since"), tr("At")});
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(16);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setAllColumnsShowFocus(true);
    m_view->setTextElideMode(Qt::ElideRight);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(56);
    header->setSectionResizeMode(WaitsFor, QHeaderView::Stretch);
    header->resizeSection(Since, 76);
    header->resizeSection(Where, 150);
    m_view->headerItem()->setTextAlignment(Since, Qt::AlignRight | Qt::AlignVCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(0, 0, 14, 0);
    corner->setSpacing(10);
    m_cycles->setObjectName(QStringLiteral("awaitCycles"));
    setRole(m_cycles, "error");
    m_count->setObjectName(QStringLiteral("awaitCount"));
    setRole(m_count, "dim");
    corner->addStretch();
    corner->addWidget(m_cycles);
    corner->addWidget(m_count);
    setFocusProxy(m_view);

    connect(m_view, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item && !m_isRebuilding && m_view->hasFocus()) {
            if (const TaskId task {item->data(Task, taskRole).toUInt()})
                m_selection.select(task);
        }
    });
    const auto reveal = [this](const QTreeWidgetItem *item) {
        if (const TaskId task {item->data(Task, taskRole).toUInt()})
            m_selection.reveal(task);
    };
    connect(m_view, &QTreeWidget::itemActivated, this, reveal);
    const auto remember = [this](const QTreeWidgetItem *item, bool collapsed) {
        if (m_isRebuilding)
            return;
        const TaskId task {item->data(Task, taskRole).toUInt()};
        if (collapsed)
            m_collapsed.insert(task);
        else
            m_collapsed.erase(task);
    };
    connect(m_view, &QTreeWidget::itemCollapsed, this,
            [remember](const QTreeWidgetItem *item) { remember(item, true); });
    connect(m_view, &QTreeWidget::itemExpanded, this,
            [remember](const QTreeWidgetItem *item) { remember(item, false); });
    connect(&selection, &Selection::changed, this, &AwaitsPane::followSelection);
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared) {
            m_pending = {};
            m_reading.reset();
            m_pacer.hurry();
        }
    });
    connect(&pulse, &Pulse::momentChanged, this, [this] {
        if (!m_pulse.moment().isPast()) {
            m_pending = {};
            m_reading.reset();
        }
        m_pacer.soon();
    });
    showCounts();
}

/// What a task waits for matters most: where there is little room it keeps the most.
void AwaitsPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_view->header()->resizeSection(Task, std::clamp(width() * 35 / 100, 130, 360));
    m_view->setColumnHidden(Where, width() < 600);
}

bool AwaitsPane::readOn()
{
    // Of a past moment nothing is known from the last round; and it may have moved on meanwhile.
    if (!m_reading) {
        m_reading = m_pulse.moment();
        if (m_reading->isPast())
            m_pending = {};
    }
    if (!m_pending.read(*m_reading, oneBit))
        return false;
    showForest(model::awaitForest(*m_reading, m_pending.ids()));
    m_reading.reset();
    return true;
}

void AwaitsPane::showForest(model::AwaitForest forest)
{
    const bool isSame = forest.lines == m_forest.lines && m_items.size() == forest.lines.size();
    m_forest = std::move(forest);
    if (!isSame)
        rebuild();
    showTexts();
    showCounts();
}

/// What is collapsed, scrolled to and current stays so.
void AwaitsPane::rebuild()
{
    m_isRebuilding = true;
    const int scrolled = m_view->verticalScrollBar()->value();
    const QTreeWidgetItem *before = m_view->currentItem();
    const TaskId current {before ? before->data(Task, taskRole).toUInt() : 0};
    m_view->clear();
    m_items.clear();
    QList<QTreeWidgetItem *> roots;
    std::vector<QTreeWidgetItem *> open; // by depth
    QTreeWidgetItem *now = nullptr;
    const QSize lineSize(0, fontMetrics().height() + 8);
    for (const AwaitLine &line : m_forest.lines) {
        auto *item = new QTreeWidgetItem;
        item->setData(Task, taskRole, line.task.value);
        item->setSizeHint(Task, lineSize);
        item->setTextAlignment(Since, Qt::AlignRight | Qt::AlignVCenter);
        open.resize(line.depth);
        if (open.empty())
            roots << item;
        else
            open.back()->addChild(item);
        open.push_back(item);
        m_items.push_back(item);
        if (line.task == current && line.kind == Kind::Task)
            now = item;
    }
    m_view->addTopLevelItems(roots);
    m_view->expandAll();
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_forest.lines[i].kind == Kind::Task && m_collapsed.contains(m_forest.lines[i].task))
            m_items[i]->setExpanded(false);
    }
    std::erase_if(m_collapsed, [this](TaskId task) { return !m_store.task(task); });
    if (now)
        m_view->setCurrentItem(now);
    m_view->verticalScrollBar()->setValue(scrolled);
    m_isRebuilding = false;
    if (!now)
        followSelection();
}

void AwaitsPane::showTexts()
{
    for (std::size_t i = 0; i < m_items.size(); ++i)
        showText(*m_items[i], m_forest.lines[i]);
}

void AwaitsPane::showText(QTreeWidgetItem &item, const AwaitLine &line) const
{
    const Theme &theme = Theme::of(palette());
    const auto set = [&item](int column, const QString &text) {
        if (item.text(column) == text)
            return;
        item.setText(column, text);
        item.setToolTip(column, text.toHtmlEscaped());
    };
    if (line.kind == Kind::More) {
        set(Task, line.more == 1 ? tr("and 1 more") : tr("and %n more", nullptr, int(line.more)));
        item.setForeground(Task, theme.dimText);
        return;
    }
    const model::Moment &moment = *m_reading;
    const auto task = moment.task(line.task);
    const QString name = task ? shortName(task->name) : tr("task %1").arg(line.task.value);
    if (line.kind == Kind::Cycle) {
        set(Task, tr("⚠ %1 again").arg(name));
        set(WaitsFor, tr("waits for itself: none of these tasks can go on; cancel one"));
        item.setForeground(Task, theme.bad);
        item.setForeground(WaitsFor, theme.bad);
        return;
    }
    set(Task, line.isInCycle ? tr("⚠ %1").arg(name) : name);
    item.setForeground(Task, line.isInCycle ? theme.bad : theme.text);
    item.setForeground(Since, theme.dimText);
    item.setForeground(Where, theme.dimText);
    item.setForeground(WaitsFor, theme.text);
    if (line.kind == Kind::Again) {
        set(WaitsFor, tr("as above"));
        item.setForeground(WaitsFor, theme.dimText);
        return;
    }
    if (!task)
        return;
    const Time now = moment.isPast() ? moment.now() : m_pulse.now();
    QString reason;
    if (task->state == TaskState::Suspended) {
        const OpenWait open {*task, now};
        reason = waitReason(moment, task->wait, &open).full.simplified();
        const model::Task *awaited = task->wait.kind == trace::WaitKind::Task
                                         ? m_store.task(TaskId {std::uint32_t(task->wait.detail)})
                                         : nullptr;
        if (awaited)
            reason = tr("waits for %1").arg(shortName(awaited->name));
    }
    if (reason.isEmpty())
        reason = waitText(moment, *task, now);
    if (task->state == TaskState::Suspended && task->waitsForNobody)
        item.setForeground(WaitsFor, theme.bad);
    set(WaitsFor, reason);
    set(Since, formatDuration(std::max(Time {}, now - task->stateSince)));
    const bool isSuspended = task->state == TaskState::Suspended || task->state == TaskState::Ready;
    set(Where, locationText(m_store, isSuspended && task->wait.site ? task->wait.site : task->location));
}

void AwaitsPane::showCounts()
{
    m_empty->setVisible(m_forest.lines.empty());
    const std::size_t pending = m_pending.ids().size();
    m_count->setText(tr("%1 pending").arg(QLocale().toString(qulonglong(pending))));
    m_cycles->setVisible(m_forest.cycles > 0);
    m_cycles->setText(m_forest.cycles == 1 ? tr("⚠ 1 cycle")
                                           : tr("⚠ %n cycles", nullptr, int(m_forest.cycles)));
    m_view->setAccessibleDescription(m_forest.cycles > 0 ? m_cycles->text() : QString());
}

/// The line of the task that is selected elsewhere.
void AwaitsPane::followSelection()
{
    const QTreeWidgetItem *current = m_view->currentItem();
    const TaskId task = m_selection.task();
    if (current && current->data(Task, taskRole).toUInt() == task.value)
        return;
    m_isRebuilding = true;
    m_view->setCurrentItem(nullptr);
    for (std::size_t i = 0; task && i < m_items.size(); ++i) {
        if (m_forest.lines[i].task == task && m_forest.lines[i].kind == Kind::Task) {
            m_view->setCurrentItem(m_items[i]);
            break;
        }
    }
    m_isRebuilding = false;
}

} // namespace coroscope::ui
