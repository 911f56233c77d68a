// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/replay/momentbadge.h"

#include "ui/durations.h"
#include "ui/pulse.h"

namespace coroscope::ui {

using namespace std::chrono_literals;

MomentBadge::MomentBadge(Pulse &pulse, QWidget *parent)
    : QLabel(parent)
    , m_pulse(pulse)
{
    setProperty("badge", true);
    setToolTip(tr("A past moment is shown, not the present (Esc in the timeline goes back)"));
    connect(&pulse, &Pulse::momentChanged, this, &MomentBadge::refresh);
    refresh();
}

void MomentBadge::setWanted(bool wanted)
{
    m_wanted = wanted;
    refresh();
}

void MomentBadge::shortenBelow(int width)
{
    m_shortBelow = width;
    refresh();
}

void MomentBadge::refresh()
{
    const bool past = m_pulse.moment().isPast();
    const model::Time time = m_pulse.moment().now();
    if (past && parentWidget() && parentWidget()->width() < m_shortBelow)
        setText(formatMoment(time, 10ms));
    else if (past)
        setText(tr("at %1").arg(formatMoment(time, 1ms)));
    setVisible(past && m_wanted);
}

} // namespace coroscope::ui
