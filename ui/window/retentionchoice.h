// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QObject>

class QActionGroup;
class QMenu;
class QSettings;

namespace coroscope::ui {

/// How much of a session the settings want to be kept; a gigabyte where they say nothing.
model::Retention savedRetention(const QSettings &settings);

/// The menu that says how much of the session is kept, and changes it: at once, and in the settings.
class RetentionChoice : public QObject
{
    Q_OBJECT
public:
    /// `window` is where questions are asked; all of them outlive it.
    RetentionChoice(model::TraceStore &store, QSettings &settings, QWidget *window);

    QMenu *menu() const { return m_menu; }

signals:
    /// A sentence for the status bar.
    void said(const QString &message);

private:
    void fill();
    void choose(const model::Retention &retention);
    void ask();

    model::TraceStore &m_store;
    QSettings &m_settings;
    QWidget *m_window;
    QMenu *m_menu;
};

} // namespace coroscope::ui
