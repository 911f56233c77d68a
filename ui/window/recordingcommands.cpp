// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/recordingcommands.h"

#include "core/io/recording.h"
#include "ui/quantities.h"
#include "ui/window/exportcommand.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QToolBar>

namespace coroscope::ui {

namespace {
constexpr auto folderKey = "recordings/folder";

QAction *make(QObject *owner, const char *name, const QString &text, const QKeySequence &key,
              const QString &tip)
{
    auto *action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
    return action;
}
} // namespace

RecordingCommands::RecordingCommands(tasks::Session &session, QSettings &settings, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window)
    , m_open(make(window, "openRecording", tr("&Open Recording…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                  tr("Open what was recorded, in a window of its own")))
    , m_save(make(window, "saveRecording", tr("&Save Recording…"), Qt::CTRL | Qt::Key_S,
                  tr("Save the session, from its first event on")))
    , m_record(make(window, "record", tr("&Record to File…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S,
                    tr("Write the session to a file as it goes, from its first event on")))
    , m_export(new ExportCommand(session, window))
{
    m_record->setCheckable(true);
    connect(m_open, &QAction::triggered, this, &RecordingCommands::open);
    connect(m_save, &QAction::triggered, this, &RecordingCommands::save);
    connect(m_record, &QAction::triggered, this, &RecordingCommands::setRecording);
    connect(m_export->action(), &QAction::triggered, this, [this] { m_export->run(folder()); });
    connect(m_export, &ExportCommand::chosen, this, &RecordingCommands::keepFolder);
    connect(m_export, &ExportCommand::said, this, &RecordingCommands::said);
    if (io::Recording *const recording = m_session.recording()) {
        connect(recording, &io::Recording::liveChanged, this, &RecordingCommands::update);
        connect(recording, &io::Recording::failed, this, &RecordingCommands::said);
    }
    connect(&m_session, &tasks::Session::idle, this, &RecordingCommands::update); // a file has been read
    update();
}

void RecordingCommands::fill(QMenu &file) const
{
    file.addActions({m_open, m_save, m_record, m_export->action()});
    file.addSeparator();
}

void RecordingCommands::fill(QToolBar &bar) const
{
    if (!m_session.recording())
        return;
    bar.addAction(m_record);
    QWidget *const button = bar.widgetForAction(m_record);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedWidth(28);
    button->setAccessibleName(tr("Record"));
}

void RecordingCommands::update()
{
    const io::Recording *const recording = m_session.recording();
    m_save->setEnabled(m_session.canSave());
    m_export->update();
    m_record->setEnabled(recording);
    m_record->setChecked(recording && recording->isLive());
    m_record->setText(m_record->isChecked() ? tr("Stop &Recording") : tr("&Record to File…"));
    // The tool bar has little room: a sign, with its words as a tool tip.
    m_record->setIconText(m_record->isChecked() ? QStringLiteral("■") : QStringLiteral("●"));
    m_record->setToolTip(m_record->isChecked()
                             ? tr("Stop recording to %1").arg(QDir::toNativeSeparators(recording->liveFile()))
                             : tr("Record the session to a file, from its first event on (Ctrl+Shift+S)"));
}

QString RecordingCommands::folder() const
{
    const QString kept = m_settings.value(QLatin1String(folderKey)).toString();
    return !kept.isEmpty() && QFileInfo(kept).isDir()
               ? kept
               : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void RecordingCommands::keepFolder(const QString &file)
{
    m_settings.setValue(QLatin1String(folderKey), QFileInfo(file).absolutePath());
}

QString RecordingCommands::chooseTarget(const QString &title)
{
    const QString name = QStringLiteral("%1.coro").arg(
        QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")));
    const QString file = QFileDialog::getSaveFileName(m_window, title, QDir(folder()).filePath(name),
                                                      tr("Recordings (*.coro)"));
    if (!file.isEmpty())
        keepFolder(file);
    return file;
}

void RecordingCommands::open()
{
    const QString file = QFileDialog::getOpenFileName(m_window, tr("Open a Recording"), folder(),
                                                      tr("Recordings (*.coro);;All files (*)"));
    if (file.isEmpty())
        return;
    keepFolder(file);
    emit openWanted(file);
}

void RecordingCommands::save()
{
    if (!m_session.canSave())
        return;
    const QString file = chooseTarget(tr("Save the Session as a Recording"));
    if (file.isEmpty())
        return;
    if (const auto why = m_session.save(file)) {
        emit said(*why);
        return;
    }
    const QString size = formatBytes(double(QFileInfo(file).size()));
    const auto cleared = m_session.recording() ? m_session.recording()->clearedTasks() : 0;
    emit said(cleared > 0 ? tr("Saved as %1, %2, without the tasks that were cleared (%3).")
                                .arg(QDir::toNativeSeparators(file), size)
                                .arg(cleared)
                          : tr("Saved as %1, %2.").arg(QDir::toNativeSeparators(file), size));
}

void RecordingCommands::setRecording(bool wanted)
{
    io::Recording *const recording = m_session.recording();
    if (!recording || wanted == recording->isLive())
        return;
    std::optional<QString> why;
    if (wanted) {
        const QString file = chooseTarget(tr("Record the Session to a File"));
        if (!file.isEmpty()) {
            why = recording->startLive(file);
            if (!why)
                emit said(tr("Recording to %1, from the session's first event on.")
                              .arg(QDir::toNativeSeparators(file)));
        }
    } else {
        const QString file = recording->liveFile();
        why = recording->stopLive();
        if (!why)
            emit said(tr("Recorded: %1, %2.")
                          .arg(QDir::toNativeSeparators(file), formatBytes(double(QFileInfo(file).size()))));
    }
    if (why)
        emit said(*why);
    update(); // the button follows what came of it
}

} // namespace coroscope::ui
