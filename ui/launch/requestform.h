// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace coroscope::ui {

class FileEdit;
class RateBox;

/// How files are fetched, beyond what most people ask for: connections, limits, checksum, login, who is
/// trusted. Passwords and headers are for this one time.
class RequestForm : public QWidget
{
    Q_OBJECT
public:
    explicit RequestForm(QWidget *parent = nullptr);

    /// Writes what was chosen. Returns a sentence that says what is wrong; empty: nothing is.
    QString apply(download::Request &request) const;
    /// A checksum is that of one file.
    void setSingle(bool isSingle);
    bool isInsecure() const;
    void setInsecure(bool insecure);
    void setCaFile(const QString &path);
    QString caFile() const;

signals:
    void changed();

private:
    QString applyLogin(download::Request &request) const;
    QString applyAccess(net::HttpAccess &access) const;
    void add(QFormLayout &form, const QString &title, QWidget *field, const char *name);

    QSpinBox *m_segments;
    RateBox *m_rate;
    QSpinBox *m_retries;
    QLineEdit *m_checksum;
    QPlainTextEdit *m_headers;
    QLineEdit *m_referer;
    QLineEdit *m_user;
    QLineEdit *m_password;
    FileEdit *m_netrc;
    FileEdit *m_cookies;
    QLineEdit *m_proxy;
    FileEdit *m_caFile;
    QCheckBox *m_insecure;
    QLabel *m_insecureWarning;
};

} // namespace coroscope::ui
