// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/awaitforest.h"
#include "ui/widgets/pacer.h"

#include <QWidget>

#include <set>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// All tasks that are pending at the pulse's moment as a tree: under each the tasks that it waits for, down
/// to what the last one waits for and for how long. Circles of tasks stand first, as warnings. A click
/// selects a task, a double click or Enter shows it on the timeline.
class AwaitsPane : public QWidget
{
    Q_OBJECT
public:
    enum Column { Task, WaitsFor, Since, Where };

    AwaitsPane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    QTreeWidget *view() const { return m_view; }
    /// What stands beside the pane's tab: how many wait, and a warning of circles.
    QWidget *corner() const { return m_corner; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    bool readOn();
    void showForest(model::AwaitForest forest);
    void rebuild();
    void showTexts();
    void showText(QTreeWidgetItem &item, const model::AwaitLine &line) const;
    void showCounts();
    void followSelection();

    model::TraceStore &m_store;
    const Pulse &m_pulse;
    std::optional<model::Moment> m_reading; ///< of the round under way
    Selection &m_selection;
    Pacer m_pacer;
    model::PendingTasks m_pending;
    model::AwaitForest m_forest;
    std::vector<QTreeWidgetItem *> m_items; ///< by line
    std::set<TaskId> m_collapsed; ///< by the user
    bool m_isRebuilding = false;
    QTreeWidget *m_view;
    EmptyState *m_empty;
    QWidget *m_corner;
    QLabel *m_cycles;
    QLabel *m_count;
};

} // namespace coroscope::ui
