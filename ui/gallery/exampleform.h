// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/gallery.h"
#include "core/tasks/spec.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace coroscope::ui {

/// What a run of an example can be told: its speed, and the servers that it talks to. A field of servers that
/// is left empty stands for the program's own.
class ExampleForm : public QWidget
{
    Q_OBJECT
public:
    explicit ExampleForm(QWidget *parent = nullptr);

    /// Shows the fields that the example needs, empty; the speed stays.
    void setExample(const gallery::Example &example);
    std::variant<tasks::ExampleSpec, tasks::FieldError> spec() const;
    bool isValid() const;

signals:
    void changed();
    void submitted();

private:
    struct Field
    {
        const char *key; ///< tasks::FieldError::field
        QLabel *label;
        QLineEdit *edit;
    };
    QLineEdit *addField(const QString &title, const char *key);
    void offer(QLineEdit *edit, int needed, const QString &tip);
    void validate();

    QString m_id;
    QList<Field> m_fields;
    QLineEdit *m_speed;
    QLineEdit *m_urls;
    QLineEdit *m_redis;
    QLineEdit *m_mysql;
    QCheckBox *m_asText;
    QLabel *m_message;
};

} // namespace coroscope::ui
