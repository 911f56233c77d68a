// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/interrupt.h"
#include "app/picture.h"
#include "app/run.h"
#include "app/terminaldownload.h"
#include "app/terminalsession.h"
#include "app/terminaltext.h"
#include "core/net/curllibrary.h"
#include "core/tasks/filesession.h"
#include "core/tasks/localsession.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <thread>

namespace coroscope::app {

namespace {

/// The window that a picture is taken of: as a first start shows it, whatever this user's settings are.
class PicturedWindow
{
public:
    PicturedWindow(tasks::Session &session, const Plan &plan, QApplication &application)
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , m_window(session, m_settings)
    {
        ui::applyTheme(application, plan.theme.value_or(ui::ThemeChoice::Light));
        m_window.resize(pictureWidth, pictureHeight);
        m_window.show();
    }

    ui::MainWindow &window() { return m_window; }

private:
    QTemporaryDir m_folder;
    QSettings m_settings;
    ui::MainWindow m_window;
};

/// The terminal alone needs no part of Qt that draws.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv, const Plan &plan)
{
    if (plan.picture.isEmpty())
        return std::make_unique<QCoreApplication>(argc, argv);
    drawOffScreen();
    return std::make_unique<QApplication>(argc, argv);
}

std::unique_ptr<TerminalRun> makeRun(tasks::Session &session, Plan plan)
{
    if (plan.what == Plan::What::Downloads)
        return std::make_unique<TerminalDownload>(session, std::move(plan));
    return std::make_unique<TerminalSession>(session, plan);
}

/// The folder of the queue is that of the files, in most cases: made if missing.
QString whyNoQueue(const QString &queueFile)
{
    const QString folder = QFileInfo(queueFile).path();
    if (!QDir().mkpath(folder))
        return TerminalDownload::tr("The folder %1 can't be made: %2. Choose another one with -d.")
            .arg(folder, qt_error_string());
    return {};
}

int pictureOfRecording(int &argc, char **argv, const Plan &plan)
{
    drawOffScreen();
    QApplication application(argc, argv);
    tasks::FileSession session;
    if (const auto why = session.open(plan.recordings.first())) {
        complain(*why);
        return 2;
    }
    PicturedWindow pictured(session, plan, application);
    QObject::connect(
        &session, &tasks::FileSession::opened, &application,
        [] { QCoreApplication::exit(); }, // quit() would close the window first
        Qt::QueuedConnection);
    QCoreApplication::exec();
    if (session.report().fault)
        complain(*session.report().fault);
    pictured.window().showWholeSession();
    return savePicture(pictured.window(), plan.picture) ? 0 : 1;
}

} // namespace

int runInTerminal(int &argc, char **argv, Plan plan)
{
    if (plan.what == Plan::What::Recordings)
        return pictureOfRecording(argc, argv, plan);
    std::jthread loadsCurl; // it takes some milliseconds, in which the rest starts
    if (plan.what == Plan::What::Downloads)
        loadsCurl = std::jthread(net::loadCurl);
    const auto application = makeApplication(argc, argv, plan);
    tasks::LocalSessionOptions options {.loopKind = plan.loop.value_or(dispatch::preferredLoop())};
    if (plan.what == Plan::What::Downloads) {
        options.downloads = plan.downloads.queue();
        options.isRecorded = !plan.picture.isEmpty() || !plan.record.isEmpty(); // nobody else would look
        if (const QString why = whyNoQueue(options.downloads.queueFile); !why.isEmpty()) {
            complain(why);
            return TerminalDownload::exitCodeOfUnusableQueue;
        }
    }
    tasks::LocalSession session(options);
    bool isRecordingWhole = true;
    if (!plan.record.isEmpty()) {
        QObject::connect(session.recording(), &io::Recording::failed, application.get(),
                         [&isRecordingWhole](const QString &why) {
                             complain(why);
                             isRecordingWhole = false;
                         });
        if (const auto why = session.recording()->startLive(plan.record)) {
            complain(*why);
            return 1;
        }
    }
    std::optional<PicturedWindow> pictured;
    if (auto *drawing = qobject_cast<QApplication *>(application.get()))
        pictured.emplace(session, plan, *drawing);
    const QString picture = plan.picture;
    const auto terminal = makeRun(session, std::move(plan));
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::came, terminal.get(), &TerminalRun::interrupt);
    // Not from within a change of the store, of which the window has yet to hear.
    QObject::connect(terminal.get(), &TerminalRun::finished, application.get(), &QCoreApplication::exit,
                     Qt::QueuedConnection);
    terminal->start();
    int exitCode = QCoreApplication::exec();
    if (!isRecordingWhole)
        exitCode = std::max(exitCode, 1);
    if (pictured) {
        pictured->window().showWholeSession();
        if (!savePicture(pictured->window(), picture))
            exitCode = std::max(exitCode, 1);
    }
    return exitCode;
}

} // namespace coroscope::app
