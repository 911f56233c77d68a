// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QComboBox>

namespace coroscope::ui {

class Pulse;

/// "all tasks", or one of the store's wait() calls.
class WaitChooser : public QComboBox
{
    Q_OBJECT
public:
    WaitChooser(model::TraceStore &store, Pulse &pulse, QWidget *parent = nullptr);

signals:
    /// None: all tasks.
    void chosen(coroscope::WaitId wait);

private:
    void onBeat(const model::ChangeSet &changes);
    void refill();
    QString textOf(const model::WaitSet &wait) const;

    model::TraceStore &m_store;
};

} // namespace coroscope::ui
