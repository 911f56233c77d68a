// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace coroscope::ui {

class FutureDetail;
class FutureModel;
class Pulse;
class Selection;

/// The futures, and one of them in full.
class FuturesPane : public QWidget
{
    Q_OBJECT
public:
    FuturesPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    QTableView *view() const { return m_view; }
    /// What stands beside the pane's tab: how many there are.
    QWidget *corner() const { return m_corner; }

signals:
    void pendingCountChanged(int count);

private:
    void refresh();
    FutureId current() const;

    const Pulse &m_pulse;
    FutureModel *m_model;
    QTableView *m_view;
    FutureDetail *m_detail;
    QWidget *m_corner;
    QLabel *m_count;
    int m_pending = -1;
};

} // namespace coroscope::ui
