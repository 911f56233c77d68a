// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/launch/launchdialog.h"

class QCheckBox;
class QLineEdit;

namespace coroscope::ui {

/// A sleep that yields, or one that blocks the loop.
class SleepDialog : public LaunchDialog
{
    Q_OBJECT
public:
    SleepDialog(LaunchHistory &history, QWidget *parent = nullptr);

    std::variant<tasks::TaskSpec, tasks::FieldError> spec() const override;
    void fill(const tasks::TaskSpec &spec) override;

private:
    QLineEdit *m_duration;
    QCheckBox *m_block;
};

} // namespace coroscope::ui
