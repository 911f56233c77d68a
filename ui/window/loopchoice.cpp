// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/loopchoice.h"

#include <QSettings>

namespace coroscope::ui {

namespace {
constexpr auto loopKey = "session/loop";
}

dispatch::LoopKind savedLoop(const QSettings &settings)
{
    const auto loop = dispatch::loopKindNamed(settings.value(QLatin1String(loopKey)).toString());
    return loop && dispatch::availableLoops().contains(*loop) ? *loop : dispatch::preferredLoop();
}

void saveLoop(QSettings &settings, dispatch::LoopKind loop)
{
    settings.setValue(QLatin1String(loopKey), dispatch::nameOf(loop));
}

} // namespace coroscope::ui
