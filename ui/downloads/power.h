// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace coroscope::ui {

/// The computer's sleep and end. What can't be done is said by failed(), or, of hold(), passed over.
class Power : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Keeps the computer from suspending by itself, until told otherwise.
    virtual void hold(bool on) = 0;
    virtual void suspend() = 0;
    virtual void powerOff() = 0;

signals:
    void failed(const QString &message);
};

} // namespace coroscope::ui
