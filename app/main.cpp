// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include <QCoreApplication>

#include <cstdio>

using namespace coroscope;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("coroscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COROSCOPE_VERSION));
    const auto parsed = app::parseCommandLine(application.arguments().mid(1), app::Surroundings::ofProcess());
    if (const auto *answer = std::get_if<app::Answer>(&parsed))
        std::fputs(qUtf8Printable(answer->text), stdout);
    if (const auto *error = std::get_if<app::BadUse>(&parsed)) {
        std::fprintf(stderr, "coroscope: %s\n", qUtf8Printable(error->message));
        return 2;
    }
    return 0;
}
