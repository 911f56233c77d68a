// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

#include <optional>

namespace coroscope::ui {

class Pulse;

/// "at 1.234 s", seen while the panes show a moment of the past; or that a pane shows the present all the
/// same.
class MomentBadge : public QLabel
{
    Q_OBJECT
public:
    explicit MomentBadge(Pulse &pulse, QWidget *parent = nullptr);

    /// What is said instead of the moment, and why, beside a pane that shows the present always.
    struct Words
    {
        QString full;
        QString inShort; ///< where there is little room
        QString why;
    };
    /// None: the moment.
    void setWords(const std::optional<Words> &words);
    /// "1.23 s" while the parent is narrower than `width`: there is little room beside the tabs.
    void shortenBelow(int width);

private:
    void refresh();

    QString momentText() const;
    QString wordsText() const;

    Pulse &m_pulse;
    std::optional<Words> m_words;
    int m_shortBelow = 0;
};

} // namespace coroscope::ui
