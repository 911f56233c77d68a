// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/awaittree.h"

#include "ui/selection.h"
#include "ui/theme.h"

namespace coroscope::ui {

AwaitTree::AwaitTree(Selection &selection, QWidget *parent)
    : QTreeWidget(parent)
    , m_selection(selection)
{
    setObjectName(QStringLiteral("awaits"));
    setAccessibleName(tr("Who waits for whom"));
    setHeaderHidden(true);
    setColumnCount(1);
    setIndentation(12);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setFrameShape(NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QTreeWidget::itemActivated, this, &AwaitTree::follow);
    connect(this, &QTreeWidget::itemClicked, this, &AwaitTree::follow);
}

void AwaitTree::show(const model::Moment &moment, TaskId task)
{
    std::vector<AwaitStep> steps = awaitPath(moment, task);
    if (steps == m_steps && task == m_task)
        return;
    m_steps = std::move(steps);
    m_task = task;
    rebuild(task);
}

void AwaitTree::rebuild(TaskId task)
{
    clear();
    const int lineHeight = fontMetrics().height() + 4;
    const Theme &theme = Theme::of(palette());
    std::vector<QTreeWidgetItem *> open; // by depth
    for (const AwaitStep &step : m_steps) {
        auto *item = new QTreeWidgetItem({step.depth > 0 ? QStringLiteral("└ ") + step.text : step.text});
        item->setData(0, Qt::UserRole, step.task.value);
        item->setToolTip(0, step.text);
        item->setSizeHint(0, {0, lineHeight});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        if (step.task == task) {
            QFont bold = font();
            bold.setBold(true);
            item->setFont(0, bold);
        }
        if (step.isCycle)
            item->setForeground(0, theme.bad);
        else if (!step.task)
            item->setForeground(0, theme.dimText);
        else if (step.task != task)
            item->setForeground(0, theme.link);
        open.resize(std::size_t(step.depth));
        if (open.empty())
            addTopLevelItem(item);
        else
            open.back()->addChild(item);
        open.push_back(item);
    }
    expandAll();
    setFixedHeight(lineHeight * int(m_steps.size()) + 2);
}

void AwaitTree::follow(const QTreeWidgetItem *item)
{
    if (const TaskId task {item->data(0, Qt::UserRole).toUInt()})
        m_selection.select(task);
}

} // namespace coroscope::ui
