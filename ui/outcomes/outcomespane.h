// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/outcomes/sidemodel.h"

#include <QWidget>

class QLabel;
class QSplitter;

namespace coroscope::ui {

class EmptyState;
class Selection;
class TaskCommands;
class TaskView;
class WaitChooser;

/// Done | Pending: two sets side by side. A task moves across as it ends.
class OutcomesPane : public QWidget
{
    Q_OBJECT
public:
    OutcomesPane(model::TraceStore &store, Pulse &pulse, Selection &selection, TaskCommands &commands,
                 QWidget *parent = nullptr);

    TaskView *view(Side side) const { return half(side).view; }
    /// What stands beside the pane's tab: the choice of a wait().
    QWidget *corner() const;
    void setFilterText(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Half
    {
        SideModel *model;
        TaskView *view;
        QLabel *count;
        QWidget *widget;
    };
    Half build(Side side, Selection &selection, TaskCommands &commands);
    const Half &half(Side side) const { return side == Side::Done ? m_done : m_pending; }

    model::TraceStore &m_store;
    Pulse &m_pulse;
    WaitChooser *m_chooser;
    QWidget *m_corner;
    Half m_done;
    Half m_pending;
};

} // namespace coroscope::ui
