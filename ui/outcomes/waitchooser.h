// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QToolButton>

namespace coroscope::ui {

class Pulse;

/// "all tasks", or one of the store's wait() calls, from a menu.
class WaitChooser : public QToolButton
{
    Q_OBJECT
public:
    explicit WaitChooser(Pulse &pulse, QWidget *parent = nullptr);

    WaitId current() const { return m_current; }
    /// None: all tasks.
    void choose(WaitId wait);

signals:
    void chosen(coroscope::WaitId wait);

private:
    void fillMenu();
    void showCurrent();
    QString textOf(const model::WaitSet &wait) const;

    const Pulse &m_pulse;
    WaitId m_current;
};

} // namespace coroscope::ui
