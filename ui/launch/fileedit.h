// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLineEdit;

namespace coroscope::ui {

/// The path of a file that is there, typed or chosen.
class FileEdit : public QWidget
{
    Q_OBJECT
public:
    /// `title`: of the dialog that chooses.
    explicit FileEdit(const QString &title, QWidget *parent = nullptr);

    QString path() const; ///< "~" stands for the home folder
    void setPath(const QString &path);
    /// Empty, or the path of a file that can be read.
    bool isFine() const;
    QLineEdit *field() const { return m_field; }

signals:
    void changed();

private:
    QLineEdit *m_field;
};

} // namespace coroscope::ui
