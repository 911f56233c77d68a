// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"
#include "app/run.h"
#include "app/terminaltext.h"
#include "app/tracecommand.h"
#include "core/runtime/workermain.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

#ifdef __GLIBC__
#    include <malloc.h>
#endif

using namespace coroscope;
using app::Plan;

namespace {

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
           || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int badUse(const QString &message)
{
    app::complain(message);
    return 2;
}

/// Each transfer takes a buffer of 256 KiB and soon gives it back. By itself, glibc would return that to the
/// system, and ask for it again, thousands of times.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

/// What is closed would be taken by the next file that is opened: it would get words meant for a terminal.
void openStandardStreams()
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (::fcntl(stream, F_GETFD) < 0) [[maybe_unused]]
            const int opened = ::open("/dev/null", O_RDWR); // the lowest number that is free
    }
}

} // namespace

int main(int argc, char **argv)
{
    openStandardStreams();
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error in words
    if (const auto code = runAsWorker(argc, argv))
        return *code;
    keepFreedMemory();
    QCoreApplication::setApplicationName(QStringLiteral("coroscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("coroscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COROSCOPE_VERSION));
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);

    auto parsed = app::parseCommandLine(words, app::Surroundings::ofProcess());
    if (const auto *error = std::get_if<app::BadUse>(&parsed))
        return badUse(error->message);
    if (const auto *answer = std::get_if<app::Answer>(&parsed)) {
        std::fputs(qUtf8Printable(answer->text), stdout);
        return 0;
    }
    Plan plan = std::get<Plan>(std::move(parsed));
    if (plan.what == Plan::What::Trace
        && (plan.trace.what != app::TracePlan::What::Export || plan.trace.format))
        return app::runTrace(plan.trace);
    if (plan.what == Plan::What::Trace) { // a picture: the window shows it
        plan.what = Plan::What::Recordings;
        plan.recordings = {plan.trace.file};
        plan.picture = plan.trace.target;
    }
    if (plan.where == Plan::Where::Window && !hasDisplay()) {
        if (plan.what == Plan::What::Recordings)
            return badUse(QStringLiteral("There is no display here for a window. In the terminal there is: "
                                         "coroscope trace info FILE, and trace export FILE -o FILE.png"));
        if (!plan.urls.isEmpty())
            return badUse(QStringLiteral("There is no display here for a window. In the terminal there is: "
                                         "coroscope download URL… or coroscope download -i FILE"));
        plan = app::withoutDisplay(std::move(plan));
        std::fputs(
            plan.what == Plan::What::Demo
                ? "There is no display here for a window: playing the demo off-screen instead, about 15 s.\n"
                : "There is no display here for a window: running in the terminal instead.\n",
            stderr);
    }
    if (!plan.picture.isEmpty()) {
        if (const auto why = app::whyNoPicture(plan.picture))
            return badUse(*why);
    }
    return plan.where == Plan::Where::Window ? app::runInWindow(argc, argv, plan)
                                             : app::runInTerminal(argc, argv, std::move(plan));
}
