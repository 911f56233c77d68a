// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"
#include "core/tasks/session.h"
#include "ui/downloads/downloadactions.h"

#include <functional>

namespace coroscope::ui {

class DownloadModel;

/// What can be done to downloads: turns the actions on where they make sense, asks what must be asked, and
/// posts commands to the session.
class DownloadCommands : public QObject
{
    Q_OBJECT
public:
    /// The dialogs belong to `window`.
    DownloadCommands(tasks::Session &session, download::DownloadList &list, DownloadModel &model,
                     QWidget *window);

    const DownloadActions &actions() const { return m_actions; }
    /// The rows that the actions are about, in their order.
    void setTargets(std::vector<download::ItemId> items);
    const std::vector<download::ItemId> &targets() const { return m_targets; }

    void post(download::Command command);
    /// Opens the finished file; false if it isn't finished.
    bool open(download::ItemId id);
    void move(const std::vector<download::ItemId> &items, download::ItemId before);

signals:
    /// So many items were taken out and can be brought back.
    void removed(int count);
    void targetsChanged();
    /// A sentence for the status bar.
    void said(const QString &message);

private:
    using Predicate = std::function<bool(const download::Item &)>;

    void connectActions();
    void update();
    std::vector<download::ItemId> those(const Predicate &holds) const;
    const download::Item *single() const;
    void remove();
    void removeWithFile();
    void moveBy(int direction);
    void moveToEnd(int direction);
    void copy(const std::function<QString(const download::Item &)> &text);

    tasks::Session &m_session;
    download::DownloadList &m_list;
    DownloadModel &m_model;
    QWidget *m_window;
    DownloadActions m_actions;
    std::vector<download::ItemId> m_targets;
};

} // namespace coroscope::ui
