// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/replay/playhead.h"

#include "core/model/eventtimes.h"
#include "ui/pulse.h"

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

using model::Time;

static constexpr int frameMs = 16;

Playhead::Playhead(const model::TraceStore &store, Pulse &pulse, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_pulse(pulse)
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &Playhead::onFrame);
    connect(&pulse, &Pulse::beat, this, &Playhead::onBeat);
}

const model::Moment &Playhead::moment() const { return m_pulse.moment(); }

bool Playhead::isOn() const { return moment().isPast(); }

void Playhead::show(Time time)
{
    const bool wasOn = isOn();
    m_pulse.setMoment(std::clamp(time, begin(), std::max(begin(), end())));
    emit moved();
    if (!wasOn)
        emit changed();
}

void Playhead::moveTo(Time time)
{
    m_rest = 0;
    show(time);
}

void Playhead::play()
{
    if (m_playing)
        return;
    if (!isOn() || time() >= end())
        moveTo(begin());
    m_playing = true;
    m_sinceFrame.start();
    m_frame.start(frameMs);
    emit changed();
}

void Playhead::pause()
{
    if (!m_playing)
        return;
    m_playing = false;
    m_frame.stop();
    emit changed();
}

bool Playhead::step(int direction, TaskId task)
{
    pause();
    const Time from = isOn() ? time() : end();
    const auto to = direction > 0 ? model::nextEvent(m_store, from, task)
                                  : model::previousEvent(m_store, from, task);
    if (to)
        moveTo(*to);
    return to.has_value();
}

void Playhead::leave()
{
    if (!isOn())
        return;
    m_playing = false;
    m_frame.stop();
    m_pulse.setMoment({});
    emit moved();
    emit changed();
}

void Playhead::setSpeed(double speed)
{
    speed = std::clamp(speed, slowest, fastest);
    if (speed == m_speed)
        return;
    m_speed = speed;
    emit changed();
}

void Playhead::pass(std::chrono::nanoseconds time)
{
    if (!m_playing)
        return;
    const double length = double(time.count()) * m_speed + m_rest;
    const double whole = std::floor(length);
    m_rest = length - whole;
    show(this->time() + Time {std::int64_t(whole)});
    if (this->time() >= end())
        pause();
}

/// What is forgotten takes the playhead along; and what was read of the moment may be of a task that went.
void Playhead::onBeat(const model::ChangeSet &changes)
{
    if (isOn() && (changes.trimmed || !changes.forgotten.empty()))
        show(time());
}

/// Where a moment takes long to be shown, the window keeps time for all else.
void Playhead::onFrame()
{
    const std::chrono::nanoseconds passed {m_sinceFrame.nsecsElapsed()};
    m_sinceFrame.start();
    pass(passed);
    if (m_playing)
        m_frame.start(std::max(frameMs, int(2 * m_sinceFrame.elapsed())));
}

} // namespace coroscope::ui
