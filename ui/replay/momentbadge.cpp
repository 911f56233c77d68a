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
    connect(&pulse, &Pulse::momentChanged, this, &MomentBadge::refresh);
    refresh();
}

void MomentBadge::setWords(const QString &words, const QString &why)
{
    m_words = words;
    m_why = why;
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
    setToolTip(!m_words.isEmpty()
                   ? m_why
                   : tr("A past moment is shown, not the present (Esc in the timeline goes back)"));
    if (!m_words.isEmpty())
        setText(m_words);
    else if (past && parentWidget() && parentWidget()->width() < m_shortBelow)
        setText(formatMoment(time, 10ms));
    else if (past)
        setText(tr("at %1").arg(formatMoment(time, 1ms)));
    setVisible(past);
}

} // namespace coroscope::ui
