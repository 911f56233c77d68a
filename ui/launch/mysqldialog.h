// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/launch/launchdialog.h"

class QLineEdit;

namespace coroscope::ui {

class LinesEdit;

/// A statement to one MySQL server. The password has a field of its own and is never kept.
class MySqlDialog : public LaunchDialog
{
    Q_OBJECT
public:
    MySqlDialog(LaunchHistory &history, QWidget *parent = nullptr);

    std::variant<tasks::TaskSpec, tasks::FieldError> spec() const override;
    void fill(const tasks::TaskSpec &spec) override;

private:
    QString fullUrl() const;

    QLineEdit *m_url;
    QLineEdit *m_password;
    LinesEdit *m_sql;
};

} // namespace coroscope::ui
