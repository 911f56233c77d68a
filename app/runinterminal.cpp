// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/interrupt.h"
#include "app/picture.h"
#include "app/run.h"
#include "app/terminalsession.h"
#include "core/tasks/localsession.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>

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

} // namespace

int runInTerminal(int &argc, char **argv, const Plan &plan)
{
    const auto application = makeApplication(argc, argv, plan);
    tasks::LocalSession session;
    std::optional<PicturedWindow> pictured;
    if (auto *drawing = qobject_cast<QApplication *>(application.get()))
        pictured.emplace(session, plan, *drawing);
    TerminalSession terminal(session, plan);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::came, &terminal, &TerminalSession::interrupt);
    // Not from within a change of the store, of which the window has yet to hear.
    QObject::connect(&terminal, &TerminalSession::finished, application.get(), &QCoreApplication::exit,
                     Qt::QueuedConnection);
    terminal.start();
    int exitCode = QCoreApplication::exec();
    if (pictured) {
        pictured->window().showWholeSession();
        if (!savePicture(pictured->window(), plan.picture))
            exitCode = std::max(exitCode, 1);
    }
    return exitCode;
}

} // namespace coroscope::app
