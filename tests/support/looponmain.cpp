// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Linked into a test program, it gives the main thread the event loop that COROSCOPE_LOOP names, before
// main() makes an application: so the same tests run on each loop.
#include "core/dispatch/loopkind.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

using namespace coroscope::dispatch;

namespace {

[[maybe_unused]] const bool isChosen = [] {
    const QString name = qEnvironmentVariable("COROSCOPE_LOOP");
    if (name.isEmpty())
        return false;
    const auto kind = loopKindNamed(name);
    if (!kind || !availableLoops().contains(*kind)) {
        std::fprintf(stderr, "COROSCOPE_LOOP: there is no loop %s, but: %s\n", qPrintable(name),
                     qPrintable(availableLoopNames()));
        std::_Exit(2);
    }
    if (auto loop = makeDispatcher(*kind))
        QCoreApplication::setEventDispatcher(loop.release()); // the application owns it
    return true;
}();

} // namespace
