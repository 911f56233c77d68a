// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/downloads/power.h"

#include <QDBusUnixFileDescriptor>

namespace coroscope::ui {

/// The system's login manager, over D-Bus. Nothing is connected to before it is needed.
class Login1 : public Power
{
    Q_OBJECT
public:
    using Power::Power;

    void hold(bool on) override;
    void suspend() override;
    void powerOff() override;

private:
    void call(const char *method);

    bool m_isHeld = false;
    bool m_isAsking = false;
    QDBusUnixFileDescriptor m_lock; ///< the manager holds sleep back while this is open
};

} // namespace coroscope::ui
