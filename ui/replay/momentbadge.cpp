// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/replay/momentbadge.h"

#include "ui/durations.h"
#include "ui/pulse.h"

namespace coroscope::ui {

using namespace std::chrono_literals;

constexpr int roomForWords = 500; // beyond what a moment needs

MomentBadge::MomentBadge(Pulse &pulse, QWidget *parent)
    : QLabel(parent)
    , m_pulse(pulse)
{
    setProperty("badge", true);
    connect(&pulse, &Pulse::momentChanged, this, &MomentBadge::refresh);
    refresh();
}

void MomentBadge::setWords(const std::optional<Words> &words)
{
    m_words = words;
    refresh();
}

void MomentBadge::shortenBelow(int width)
{
    m_shortBelow = width;
    refresh();
}

QString MomentBadge::momentText() const
{
    const model::Time time = m_pulse.moment().now();
    const bool isShort = parentWidget() && parentWidget()->width() < m_shortBelow;
    return isShort ? formatMoment(time, 10ms) : tr("at %1").arg(formatMoment(time, 1ms));
}

QString MomentBadge::wordsText() const
{
    const bool isShort = parentWidget() && parentWidget()->width() < m_shortBelow + roomForWords;
    return isShort ? m_words->inShort : m_words->full;
}

void MomentBadge::refresh()
{
    const bool past = m_pulse.moment().isPast();
    if (past) {
        setText(m_words ? wordsText() : momentText());
        setToolTip(m_words ? m_words->why
                           : tr("A past moment is shown, not the present (Esc in the timeline goes back)"));
    }
    setVisible(past);
}

} // namespace coroscope::ui
