// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/console/consolelog.h"

#include <QPlainTextEdit>
#include <QTimer>

class QCheckBox;
class QLabel;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// What all tasks, or the selected one, had printed by the pulse's moment, with the time and the task's name.
/// Follows what comes unless scrolled up.
class ConsolePane : public QPlainTextEdit
{
    Q_OBJECT
public:
    ConsolePane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    void addNotice(const QString &text);
    /// What stands beside the pane's tab: of the selected task only, copy, clear.
    QWidget *corner() const { return m_corner; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildCorner();
    void showNew();
    void showAnew();
    void showMoment();
    void copyAll();

    model::TraceStore &m_store;
    const Pulse &m_pulse;
    Selection &m_selection;
    ConsoleLog m_log;
    QWidget *m_corner;
    QCheckBox *m_onlySelected;
    EmptyState *m_empty;
    QTimer m_momentTimer; ///< a playhead moves at each frame
};

} // namespace coroscope::ui
