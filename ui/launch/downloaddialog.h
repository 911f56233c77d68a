// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/launch/launchdialog.h"

class QCheckBox;
class QLineEdit;
class QSettings;
class QSpinBox;

namespace coroscope::ui {

class LinesEdit;

/// One URL, or several that become a batch: typed, pasted, dropped, or from a file.
class DownloadDialog : public LaunchDialog
{
    Q_OBJECT
public:
    DownloadDialog(QSettings &settings, LaunchHistory &history, QWidget *parent = nullptr);

    void addUrls(const QString &lines);
    std::variant<tasks::TaskSpec, tasks::FieldError> spec() const override;
    void fill(const tasks::TaskSpec &spec) override;
    void accept() override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *folderRow();
    QWidget *optionsRow();
    void addFromFile();
    void chooseFolder();

    QSettings &m_settings;
    LinesEdit *m_urls;
    QLineEdit *m_folder;
    QSpinBox *m_limit;
    QCheckBox *m_insecure;
};

} // namespace coroscope::ui
