// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"
#include "app/run.h"

#include <QCoreApplication>

#include <cstdio>

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
    std::fprintf(stderr, "coroscope: %s\n", qUtf8Printable(message));
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("coroscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("coroscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COROSCOPE_VERSION));
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);

    const auto parsed = app::parseCommandLine(words, app::Surroundings::ofProcess());
    if (const auto *error = std::get_if<app::BadUse>(&parsed))
        return badUse(error->message);
    if (const auto *answer = std::get_if<app::Answer>(&parsed)) {
        std::fputs(qUtf8Printable(answer->text), stdout);
        return 0;
    }
    Plan plan = std::get<Plan>(parsed);
    if (plan.where == Plan::Where::Window && !hasDisplay()) {
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
                                             : app::runInTerminal(argc, argv, plan);
}
