// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportjob.h"
#include "core/tasks/session.h"

#include <QPointer>
#include <QTemporaryDir>

#include <memory>

class QAction;
class QProgressDialog;
class QWidget;

namespace coroscope::ui {

/// The command that writes the session, as it stands, for another program: Chrome's and Perfetto's viewers,
/// Qt Creator, a spreadsheet, a browser. A worker does it; a form shows how far it is and cancels it.
class ExportCommand : public QObject
{
    Q_OBJECT
public:
    /// Both outlive it. `window`: over which the forms stand.
    ExportCommand(tasks::Session &session, QWidget *window);
    /// Cancels what is under way.
    ~ExportCommand() override;

    QAction *action() const { return m_action; }
    /// Asks where to, beginning in `folder`; what came of it comes as said().
    void run(const QString &folder);
    void update();

signals:
    /// A person has chosen a target.
    void chosen(const QString &file);
    void said(const QString &message);

private:
    struct Target
    {
        QString file;
        io::ExportFormat format {};
    };
    std::optional<Target> ask(const QString &folder);
    void start(const Target &target);
    void finish(const std::optional<io::ExportError> &error);

    tasks::Session &m_session;
    QWidget *m_window;
    QAction *m_action;
    std::unique_ptr<QTemporaryDir> m_scratch; ///< for the recording that is turned into something else
    QPointer<QProgressDialog> m_form;
    std::unique_ptr<io::ExportJob> m_job; ///< goes first: it reads in the folder
};

} // namespace coroscope::ui
