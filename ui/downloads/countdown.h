// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QTimer>

#include <chrono>

class QLabel;
class QProgressBar;

namespace coroscope::ui {

/// Says what is about to happen, and lets it be cancelled: accepted when the time is up, or at once on
/// demand.
class Countdown : public QDialog
{
    Q_OBJECT
public:
    /// `text` has the seconds as %1; `now`: on the button that doesn't wait.
    Countdown(const QString &title, const QString &text, const QString &now, std::chrono::seconds time,
              QWidget *window);

private:
    void showLeft();

    QString m_format;
    std::chrono::seconds m_left;
    QLabel *m_text;
    QProgressBar *m_bar;
    QTimer m_second;
};

} // namespace coroscope::ui
