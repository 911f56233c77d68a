// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/endwithparent.h"

#include <QProcess>

#ifdef Q_OS_LINUX
#    include <csignal>
#    include <sys/prctl.h>
#    include <unistd.h>
#endif

namespace coroscope::net {

void endWithParent(QProcess &process)
{
#ifdef Q_OS_LINUX
    // Runs in the child between fork and exec: async-signal-safe calls alone.
    process.setChildProcessModifier([parent = ::getpid()] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) // the parent was gone before the kernel knew of our wish
            ::_exit(1);
    });
#else
    Q_UNUSED(process);
#endif
}

} // namespace coroscope::net
