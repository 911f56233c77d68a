// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/launcher.h"

#include "ui/launch/crawldialog.h"
#include "ui/launch/downloaddialog.h"
#include "ui/launch/mysqldialog.h"
#include "ui/launch/redisdialog.h"
#include "ui/launch/sleepdialog.h"
#include "ui/selection.h"

namespace coroscope::ui {

Launcher::Launcher(tasks::Session &session, Selection &selection, QSettings &settings, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_selection(selection)
    , m_settings(settings)
    , m_history(settings)
    , m_window(window)
{
    connect(&session, &tasks::Session::launched, this, [this](TaskId task) {
        if (std::exchange(m_selectNext, false))
            m_selection.select(task);
    });
    connect(&session, &tasks::Session::rejected, this, [this] { m_selectNext = false; });
}

void Launcher::openDownload(const QString &lines)
{
    if (auto *dialog = qobject_cast<DownloadDialog *>(m_dialog.data()); dialog && dialog->isVisible()) {
        if (!lines.isEmpty())
            dialog->addUrls(lines);
        return;
    }
    auto *dialog = new DownloadDialog(m_settings, m_history, m_window);
    if (!lines.isEmpty())
        dialog->addUrls(lines);
    connect(dialog, &DownloadDialog::submitted, this, [this](const download::Add &add) {
        m_session.post(tasks::DownloadCommand {add});
        emit downloadsAdded();
    });
    show(dialog);
}

void Launcher::openRedis() { open(new RedisDialog(m_history, m_window)); }

void Launcher::openMySql()
{
    auto *dialog = new MySqlDialog(m_history, m_window);
    connect(dialog, &LaunchDialog::submitted, this, &Launcher::statementLaunched);
    open(dialog);
}

void Launcher::openCrawl() { open(new CrawlDialog(m_history, m_window)); }

void Launcher::openSleep() { open(new SleepDialog(m_history, m_window)); }

void Launcher::open(LaunchDialog *dialog)
{
    connect(dialog, &LaunchDialog::submitted, this, [this](const tasks::TaskSpec &spec) {
        m_selectNext = true;
        m_session.post(tasks::Launch {spec});
    });
    show(dialog);
}

void Launcher::show(QDialog *dialog)
{
    delete m_dialog;
    m_dialog = dialog;
    connect(dialog, &QDialog::finished, dialog, &QObject::deleteLater);
    dialog->open();
}

} // namespace coroscope::ui
