// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"
#include "ui/rows/rowsmodel.h"

#include <QTableView>

class QLabel;
class QPushButton;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// The rows of the selected task's statement, as they had come by the moment that is shown.
class RowsPane : public QWidget
{
    Q_OBJECT
public:
    RowsPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    /// What stands beside the pane's tab: how many rows, copy.
    QWidget *corner() const { return m_corner; }
    QTableView *view() const { return m_view; }
    /// Copies the selected cells, or all rows.
    void copy();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void follow();
    void refresh();
    QString emptyText() const;
    std::optional<std::uint64_t> ticks() const;
    std::shared_ptr<const tasks::ResultTable> tableOfSelection() const;

    tasks::Session &m_session;
    Pulse &m_pulse;
    Selection &m_selection;
    RowsModel m_model;
    QTableView *m_view;
    QWidget *m_corner;
    QLabel *m_count;
    QPushButton *m_copy;
    EmptyState *m_empty;
    bool m_isFitted = false;
};

} // namespace coroscope::ui
