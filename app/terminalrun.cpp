// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/terminalrun.h"

#include "app/terminaltext.h"

#include <cstdio>

namespace coroscope::app {

void TerminalRun::writeOut(const QByteArray &bytes)
{
    m_progress.clear();
    const auto size = std::size_t(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return;
    if (!m_outputFailed)
        say(tr("Standard output can't be written: %1.").arg(qt_error_string()));
    m_outputFailed = true;
}

void TerminalRun::say(const QString &line)
{
    m_progress.clear();
    std::fprintf(stderr, "%s\n", qUtf8Printable(forTerminal(line)));
}

} // namespace coroscope::app
