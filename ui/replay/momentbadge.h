// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace coroscope::ui {

class Pulse;

/// "at 1.234 s", seen while the panes show a moment of the past.
class MomentBadge : public QLabel
{
    Q_OBJECT
public:
    explicit MomentBadge(Pulse &pulse, QWidget *parent = nullptr);

    /// For a pane beside which it stands, but that shows the present always.
    void setWanted(bool wanted);
    /// "1.23 s" while the parent is narrower than `width`: there is little room beside the tabs.
    void shortenBelow(int width);

private:
    void refresh();

    Pulse &m_pulse;
    bool m_wanted = true;
    int m_shortBelow = 0;
};

} // namespace coroscope::ui
