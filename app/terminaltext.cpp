// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/terminaltext.h"

#include <cstdio>

namespace coroscope::app {

namespace {

bool turnsDirection(QChar c)
{
    switch (c.direction()) {
    case QChar::DirLRE:
    case QChar::DirLRO:
    case QChar::DirRLE:
    case QChar::DirRLO:
    case QChar::DirPDF:
    case QChar::DirLRI:
    case QChar::DirRLI:
    case QChar::DirFSI:
    case QChar::DirPDI:
        return true;
    default:
        return false;
    }
}

} // namespace

QString forTerminal(QString text)
{
    for (QChar &c : text) {
        if ((c.category() == QChar::Other_Control && c != u'\n') || turnsDirection(c))
            c = u'?';
    }
    return text;
}

void complain(const QString &message)
{
    std::fprintf(stderr, "coroscope: %s\n", qUtf8Printable(forTerminal(message)));
}

} // namespace coroscope::app
