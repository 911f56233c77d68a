// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/exportcommand.h"

#include "ui/quantities.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QProgressDialog>

namespace coroscope::ui {

using io::ExportFormat;

namespace {
/// As io::exportFormatNames() orders them.
QStringList nameFilters()
{
    return {ExportCommand::tr("Chrome trace, for chrome://tracing, Perfetto and Qt Creator (*.json)"),
            ExportCommand::tr("Perfetto trace (*.pftrace)"), ExportCommand::tr("Table of slices (*.csv)"),
            ExportCommand::tr("Picture of the timeline (*.svg)")};
}

ExportFormat formatAt(qsizetype index)
{
    return *io::exportFormatFrom(io::exportFormatNames().value(index, io::exportFormatNames().front()));
}

std::optional<ExportFormat> formatOf(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    for (const QString &name : io::exportFormatNames()) {
        const ExportFormat format = *io::exportFormatFrom(name);
        if (suffix == io::exportSuffix(format))
            return format;
    }
    return {};
}
} // namespace

ExportCommand::ExportCommand(tasks::Session &session, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
    , m_action(new QAction(tr("&Export…"), window))
{
    m_action->setObjectName(QStringLiteral("export"));
    m_action->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    m_action->setToolTip(
        tr("Write the session for another program: Chrome's or Perfetto's viewer, Qt Creator, a "
           "spreadsheet"));
    update();
}

ExportCommand::~ExportCommand() = default;

void ExportCommand::update() { m_action->setEnabled(m_session.canSave() && !m_job); }

void ExportCommand::run(const QString &folder)
{
    if (!m_action->isEnabled())
        return;
    const auto target = ask(folder);
    if (!target || m_job)
        return;
    emit chosen(target->file);
    start(*target);
}

std::optional<ExportCommand::Target> ExportCommand::ask(const QString &folder)
{
    QFileDialog dialog(m_window, tr("Export the Session"), QDir(folder).exists() ? folder : QDir::homePath());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters = nameFilters();
    dialog.setNameFilters(filters);
    const auto offer = [&](const QString &base, const QString &filter) {
        const QString suffix = io::exportSuffix(formatAt(filters.indexOf(filter)));
        dialog.setDefaultSuffix(suffix);
        dialog.selectFile(base + u'.' + suffix);
    };
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&](const QString &filter) {
        offer(QFileInfo(dialog.selectedFiles().value(0)).completeBaseName(), filter);
    });
    const QString recording = QFileInfo(m_window->windowFilePath()).completeBaseName();
    offer(recording.isEmpty() ? QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss"))
                              : recording,
          filters.front());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return {};
    const QString file = dialog.selectedFiles().front();
    return Target {file, formatOf(file).value_or(formatAt(filters.indexOf(dialog.selectedNameFilter())))};
}

void ExportCommand::start(const Target &target)
{
    m_scratch = std::make_unique<QTemporaryDir>();
    const QString recording = m_scratch->filePath(QStringLiteral("session.coro"));
    if (const auto why = m_session.save(recording)) {
        m_scratch.reset();
        emit said(*why);
        return;
    }
    m_job = std::make_unique<io::ExportJob>(io::ExportJob::Order {recording, target.format, target.file});
    update();

    m_form = new QProgressDialog(tr("Exporting to %1").arg(QFileInfo(target.file).fileName()), tr("Cancel"),
                                 0, 100, m_window);
    m_form->setObjectName(QStringLiteral("exportProgress"));
    m_form->setWindowTitle(tr("Export"));
    m_form->setAttribute(Qt::WA_DeleteOnClose);
    m_form->setMinimumDuration(300);
    m_form->setValue(0);
    connect(m_form, &QProgressDialog::canceled, m_job.get(), &io::ExportJob::cancel);
    connect(m_job.get(), &io::ExportJob::progressed, m_form, [form = m_form](double part) {
        // 100 would close it, and setting any value may let other things happen.
        if (form && !form->wasCanceled())
            form->setValue(std::min(int(part * 100), 99));
    });
    connect(m_job.get(), &io::ExportJob::finished, this, &ExportCommand::finish);
    m_job->start();
}

void ExportCommand::finish(const std::optional<io::ExportError> &error)
{
    const QString file = m_job->order().target;
    m_job.release()->deleteLater(); // this is its signal
    m_scratch.reset();
    delete m_form;
    update();
    const QString shown = QDir::toNativeSeparators(file);
    if (!error)
        emit said(tr("Exported to %1, %2.").arg(shown, formatBytes(double(QFileInfo(file).size()))));
    else if (error->isCancelled)
        emit said(tr("Cancelled: %1 is not written.").arg(shown));
    else
        emit said(tr("Not exported: %1").arg(error->text()));
}

} // namespace coroscope::ui
