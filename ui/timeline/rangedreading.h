// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/rangechoice.h"
#include "ui/widgets/pacer.h"

#include <functional>

namespace coroscope::ui {

/// What a pane has read of the range that is chosen for it (a model::FlameGraph or model::Latency): read on
/// where the range goes on, anew where it is another.
template<class Reading>
class RangedReading
{
public:
    using Range = RangeChoice::Range;
    using Make = std::function<Reading(const Range &)>;

    RangedReading(const RangeChoice &choice, Make make)
        : m_choice(choice)
        , m_make(std::move(make))
        , m_reading(m_make({}))
    { }

    Reading *operator->() { return &m_reading; }
    const Reading &operator*() const { return m_reading; }
    /// What it is of; as of the last time that read() was done.
    const Range &range() const { return m_range; }

    void startAnew()
    {
        m_range = m_choice.wanted();
        m_reading = m_make(m_range);
        m_isUnderWay = false;
        m_isNew = true;
    }
    /// A little. True: nothing is left of what was wanted when it began.
    bool read(const model::TraceStore &store, std::uint32_t budget)
    {
        if (!m_isUnderWay)
            goOn();
        if (!m_reading.read(store, budget))
            return false;
        m_isUnderWay = false;
        return true;
    }
    /// After the range's end moved on. What is new is little, however much was read before.
    void paceOn(Pacer &pacer)
    {
        if (std::exchange(m_isFirst, false) && !m_isUnderWay)
            pacer.hurry();
        else
            pacer.soon();
    }

private:
    void goOn()
    {
        const Range wanted = m_choice.wanted();
        if (!RangeChoice::isContinued(m_range, wanted))
            startAnew();
        else if (wanted)
            m_reading.extendTo(wanted->to);
        m_range = wanted;
        m_isUnderWay = true;
        m_isFirst = std::exchange(m_isNew, false);
    }

    const RangeChoice &m_choice;
    Make m_make;
    Range m_range;
    Reading m_reading;
    bool m_isUnderWay = false;
    bool m_isNew = true; ///< nothing is read as yet
    bool m_isFirst = false; ///< the last read() read all that there was
};

} // namespace coroscope::ui
