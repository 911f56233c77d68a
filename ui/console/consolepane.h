// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/console/consolelog.h"

#include <QPlainTextEdit>

class QCheckBox;
class QLabel;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// Printed lines of all tasks, or of the selected one, with the time and the task's name.
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

private:
    void buildCorner();
    void showNew();
    void showAnew();
    void copyAll();

    model::TraceStore &m_store;
    Selection &m_selection;
    ConsoleLog m_log;
    QWidget *m_corner;
    QCheckBox *m_onlySelected;
    EmptyState *m_empty;
};

} // namespace coroscope::ui
