// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QSystemTrayIcon;

namespace coroscope::ui {

/// Tells a person who looks elsewhere: by the desktop's notifications, else from the tray, else not at all.
class Notifier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void show(const QString &title, const QString &text);

private:
    void showInTray(const QString &title, const QString &text);

    QSystemTrayIcon *m_tray = nullptr;
};

} // namespace coroscope::ui
