// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QSettings;
class QSpinBox;

namespace coroscope::ui {

class RateBox;

/// Whether what was under way goes on at the next start, or stays paused.
inline constexpr auto resumeOnStartKey = "downloads/resumeOnStart";

/// How many at once, how fast, and what happens at the start.
class QueueSettings : public QDialog
{
    Q_OBJECT
public:
    QueueSettings(const download::Limits &limits, QSettings &settings, QWidget *window);

    void accept() override;

signals:
    /// Other than they were.
    void limitsChosen(const coroscope::download::Limits &limits);

private:
    QSettings &m_settings;
    download::Limits m_limits;
    QSpinBox *m_transfers;
    QSpinBox *m_perHost;
    RateBox *m_rate;
    QComboBox *m_atStart;
};

} // namespace coroscope::ui
