// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/launch/launchdialog.h"

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace coroscope::ui {

class LinesEdit;

/// Pages to begin a crawl with, how far it goes from them, and how gently.
class CrawlDialog : public LaunchDialog
{
    Q_OBJECT
public:
    CrawlDialog(LaunchHistory &history, QWidget *parent = nullptr);

    std::variant<tasks::TaskSpec, tasks::FieldError> spec() const override;
    void fill(const tasks::TaskSpec &spec) override;

private:
    QWidget *buildBounds();
    void fillFrom(const tasks::CrawlSpec &spec);

    LinesEdit *m_urls;
    QSpinBox *m_depth;
    QSpinBox *m_pages;
    QSpinBox *m_perHost;
    QLineEdit *m_delay;
    QLineEdit *m_bodyLimit;
    QCheckBox *m_sameHost;
    QCheckBox *m_robots;
    QCheckBox *m_insecure;
    QString m_caFile; ///< of an entry of the history; the form has no field for it
};

} // namespace coroscope::ui
