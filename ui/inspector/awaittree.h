// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/inspector/awaitpath.h"

#include <QTreeWidget>

namespace coroscope::ui {

class Selection;

/// The await path of a task as a tree that is as high as its lines; a click or Enter selects a task of it.
class AwaitTree : public QTreeWidget
{
    Q_OBJECT
public:
    explicit AwaitTree(Selection &selection, QWidget *parent = nullptr);

    void show(const model::Moment &moment, TaskId task);

protected:
    /// Nothing: each line has its own mark.
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { }

private:
    void rebuild(TaskId task);
    void follow(const QTreeWidgetItem *item);

    Selection &m_selection;
    TaskId m_task;
    std::vector<AwaitStep> m_steps;
};

} // namespace coroscope::ui
