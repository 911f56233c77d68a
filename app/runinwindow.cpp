// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/interrupt.h"
#include "app/picture.h"
#include "app/run.h"
#include "core/tasks/localsession.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QIcon>
#include <QSettings>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace coroscope::app {

int runInWindow(int &argc, char **argv, const Plan &plan)
{
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(u":/icons/coroscope.svg"_s));
    QGuiApplication::setDesktopFileName(u"coroscope"_s);

    QSettings settings;
    tasks::LocalSession session;
    ui::MainWindow window(session, settings);
    if (plan.theme)
        ui::applyTheme(application, *plan.theme);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::came, &window, &QWidget::close);

    bool isTimedOut = false;
    QTimer timeout;
    timeout.setSingleShot(true);
    QObject::connect(&timeout, &QTimer::timeout, &session, [&] {
        isTimedOut = session.isBusy();
        session.post(tasks::CancelAll {});
    });
    if (plan.timeout)
        timeout.start(*plan.timeout);

    if (!plan.picture.isEmpty()) {
        const auto save = [&] { savePicture(window, plan.picture); };
        QObject::connect(&session, &tasks::LocalSession::idle, &window, save, Qt::SingleShotConnection);
    }

    window.show();
    for (const tasks::Command &command : commandsOf(plan))
        session.post(command);
    const int exitCode = QApplication::exec();
    return interrupt.hasCome() ? Interrupt::exitCode : isTimedOut ? 1 : exitCode;
}

} // namespace coroscope::app
