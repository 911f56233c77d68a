// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commands.h"

#include <QCoreApplication>

#include <cstdio>

using namespace coroscope;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral(COROSCOPE_VERSION));
    if (application.arguments().contains(QStringLiteral("--version")))
        std::printf("coroscope %s\n", COROSCOPE_VERSION);
    else
        std::fputs(qPrintable(app::overview()), stdout);
    return 0;
}
