// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/spec.h"
#include "ui/launch/launchhistory.h"

#include <QDialog>

#include <map>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace coroscope::ui {

/// A form that makes a spec: checked as one types, with the message under the field that it is about. What is
/// wrong can't be started. Enter starts.
class LaunchDialog : public QDialog
{
    Q_OBJECT
public:
    /// Reads the form.
    virtual std::variant<tasks::TaskSpec, tasks::FieldError> spec() const = 0;
    /// Fills the form with an entry of the history.
    virtual void fill(const tasks::TaskSpec &spec) = 0;

    void accept() override;

signals:
    void submitted(const coroscope::tasks::TaskSpec &spec);

protected:
    LaunchDialog(LaunchHistory &history, LaunchHistory::Kind kind, QWidget *parent);

    /// Adds a titled field; `key` is the tasks::FieldError::field that it stands for, and its object name.
    /// `hint` is said beneath it while nothing is wrong.
    void addField(const QString &title, QWidget *field, const char *key, const QString &hint = {});
    void addRow(QWidget *row);
    /// To be called last.
    void finish();
    void validate();
    /// A message under a field that the parser knows nothing of.
    void showMessage(const char *key, const QString &message);

private:
    struct Field
    {
        QWidget *widget;
        QLabel *message;
        QString hint;
    };
    void setMessage(const Field &field, const QString &text);
    void fillRecent();

    LaunchHistory &m_history;
    LaunchHistory::Kind m_kind;
    QVBoxLayout *m_layout;
    std::map<QString, Field> m_fields;
    QPushButton *m_start;
    QPushButton *m_recent;
    bool m_touched = false; ///< until then what is missing is a hint, not an error
    bool m_filling = true;
};

} // namespace coroscope::ui
