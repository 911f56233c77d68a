// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QToolButton;

namespace coroscope::ui {

class DownloadCommands;
class DownloadModel;
class DownloadView;
class EmptyState;
class LoginBar;
class NoticeBar;
class RateBox;
class Selection;
class TotalsLine;

/// The queue of downloads: totals and what concerns all, what is to be asked, and the table.
class DownloadsPane : public QWidget
{
    Q_OBJECT
public:
    /// The session has a queue.
    DownloadsPane(tasks::Session &session, Selection &selection, QWidget *parent = nullptr);

    DownloadView *view() const { return m_view; }
    DownloadCommands &commands() const { return *m_commands; }
    /// What stands beside the pane's tab: the count and the choice of states.
    QWidget *corner() const { return m_corner; }
    void setFilterText(const QString &text);
    /// Selects the first row, and shows it on the timeline.
    void goToFirst();
    /// The next items that come are what a person asked for: shows and selects the first.
    void selectNextAdded();
    void resetLayout();
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

signals:
    void unfinishedCountChanged(int count);

private:
    QWidget *buildHead();
    void buildCorner();
    void showColumnMenu(const QPoint &position);
    void refresh();
    void showCount();

    tasks::Session &m_session;
    Selection &m_selection;
    download::DownloadList &m_list;
    DownloadModel *m_model;
    DownloadCommands *m_commands;
    TotalsLine *m_totals;
    RateBox *m_rate;
    NoticeBar *m_fault;
    NoticeBar *m_undo;
    LoginBar *m_login;
    DownloadView *m_view;
    EmptyState *m_empty;
    QWidget *m_corner;
    QLabel *m_count;
    QToolButton *m_states;
    QMetaObject::Connection m_nextAdded;
    int m_unfinished = -1;
};

} // namespace coroscope::ui
