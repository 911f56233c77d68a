// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace coroscope::ui {

class Pulse;

/// "at 1.234 s", seen while the panes show a moment of the past; or that a pane shows the present all the
/// same.
class MomentBadge : public QLabel
{
    Q_OBJECT
public:
    explicit MomentBadge(Pulse &pulse, QWidget *parent = nullptr);

    /// What is said instead, with why, of a pane that shows the present always. Empty: the moment.
    void setWords(const QString &words, const QString &why = {});
    /// "1.23 s" while the parent is narrower than `width`: there is little room beside the tabs.
    void shortenBelow(int width);

private:
    void refresh();

    Pulse &m_pulse;
    QString m_words;
    QString m_why;
    int m_shortBelow = 0;
};

} // namespace coroscope::ui
