// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/handover.h"
#include "app/interrupt.h"
#include "app/picture.h"
#include "app/recordingwindows.h"
#include "app/run.h"
#include "app/terminaltext.h"
#include "core/tasks/localsession.h"
#include "ui/window/loopchoice.h"
#include "ui/window/mainwindow.h"
#include "ui/window/retentionchoice.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

/// What of the plan an open window can be asked for; none: it needs a window of its own.
std::optional<HandedOver> handedOver(const Plan &plan)
{
    if (plan.timeout || plan.loop || plan.keep || !plan.picture.isEmpty() || !plan.record.isEmpty())
        return {};
    if (plan.what == Plan::What::Window)
        return HandedOver {plan.urls};
    if (plan.what == Plan::What::Downloads)
        return HandedOver {asInput(plan.downloads.add.requests)};
    return {};
}

bool isTakenByOpenWindow(int &argc, char **argv, const Plan &plan, const QString &path)
{
    const auto what = handedOver(plan);
    const QCoreApplication application(argc, argv);
    if (!what || !handOver(path, *what))
        return false;
    if (hasMoreThanInput(plan.downloads))
        std::fputs("The open window shows the files in its form; it asks for logins itself, and its own "
                   "settings apply "
                   "instead of\nthe options besides -d, -o, --checksum, --header and --referer.\n",
                   stderr);
    return true;
}

/// The window's queue of downloads: this user's, kept from start to start.
download::QueueOptions windowQueue(const QSettings &settings)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(folder);
    return {.queueFile = QDir(folder).filePath(u"downloads.queue"_s),
            .resumeOnStart = settings.value(u"downloads/resumeOnStart"_s, true).toBool(),
            .asksForLogin = true};
}

void bringToFront(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

/// Recordings need no session of this program's own.
int showRecordings(int &argc, char **argv, const Plan &plan)
{
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(u":/icons/coroscope.svg"_s));
    QGuiApplication::setDesktopFileName(u"coroscope"_s);
    QSettings settings;
    RecordingWindows windows(settings);
    using Follow = RecordingWindows::Follow;
    const Follow follow = plan.isFollowing ? Follow::AtOnce : Follow::IfAsked;
    bool isAllOpen = true;
    for (const QString &file : plan.recordings) {
        if (const auto why = windows.open(file, follow)) {
            complain(*why);
            isAllOpen = false;
        }
    }
    if (!windows.last())
        return 2;
    if (plan.theme)
        ui::applyTheme(application, *plan.theme);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::came, &application, &QApplication::closeAllWindows);
    const int exitCode = QApplication::exec();
    return interrupt.hasCome() ? Interrupt::exitCode : isAllOpen ? exitCode : 2;
}

} // namespace

int runInWindow(int &argc, char **argv, const Plan &plan)
{
    if (plan.what == Plan::What::Recordings)
        return showRecordings(argc, argv, plan);
    const QString path = handoverPath();
    if (isTakenByOpenWindow(argc, argv, plan, path))
        return 0;
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(u":/icons/coroscope.svg"_s));
    QGuiApplication::setDesktopFileName(u"coroscope"_s);

    QSettings settings;
    tasks::LocalSession session(
        {.loopKind = plan.loop.value_or(ui::savedLoop(settings)), .downloads = windowQueue(settings)});
    session.store().setRetention(plan.keep.value_or(ui::savedRetention(settings)));
    ui::MainWindow window(session, settings);
    RecordingWindows recordings(settings);
    QObject::connect(&window, &ui::MainWindow::openWanted, &recordings,
                     [&](const QString &file) { recordings.openOrSay(file, &window); });
    if (!plan.record.isEmpty()) {
        if (const auto why = session.recording()->startLive(plan.record)) {
            complain(*why);
            return 1;
        }
    }
    HandoverServer secondStarts(path);
    QObject::connect(&secondStarts, &HandoverServer::received, &window, [&](const HandedOver &what) {
        bringToFront(window);
        if (!what.urls.isEmpty())
            window.openDownload(what.urls);
    });
    secondStarts.listen();
    if (plan.theme)
        ui::applyTheme(application, *plan.theme);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::came, &window, &ui::MainWindow::closeUnasked);

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

    QObject::connect(&session, &tasks::Session::printed, &window, [](const QString &line) {
        std::puts(qUtf8Printable(line));
        std::fflush(stdout);
    });
    window.show();
    if (plan.what == Plan::What::Example)
        window.showExample(std::get<tasks::ExampleSpec>(plan.specs.front()).id);
    const auto startWork = [&] {
        for (const tasks::Command &command : commandsOf(plan, session.downloads()->limits()))
            session.post(command);
        if (plan.what == Plan::What::Downloads)
            window.showDownloads();
    };
    // A limit that the plan names is changed among those that the queue was saved with.
    if (plan.what == Plan::What::Downloads && !session.downloads()->isLoaded())
        QObject::connect(session.downloads(), &download::DownloadList::totalsChanged, &window, startWork,
                         Qt::SingleShotConnection);
    else
        startWork();
    if (!plan.urls.isEmpty())
        QTimer::singleShot(0, &window, [&] { window.openDownload(plan.urls); });
    const int exitCode = QApplication::exec();
    return interrupt.hasCome() ? Interrupt::exitCode : isTimedOut ? 1 : exitCode;
}

} // namespace coroscope::app
