// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>

namespace coroscope::ui {

class Pulse;

/// A moment of the session that all panes show instead of the present: set by hand, stepped from event to
/// event, or played, slower or faster than it was. Off, the panes show the present. The session goes on
/// meanwhile, if it is live.
///
/// Times are the session's; it stays between what is still known of it and now, and pauses at the end.
class Playhead : public QObject
{
    Q_OBJECT
public:
    Playhead(const model::TraceStore &store, Pulse &pulse, QObject *parent = nullptr);

    bool isOn() const;
    bool isPlaying() const { return m_playing; }
    /// The moment that is shown; off: the present.
    const model::Moment &moment() const;
    model::Time time() const { return moment().now(); }
    model::Time begin() const { return m_store.knownSince(); }
    model::Time end() const { return m_store.now(); }

    /// Turns it on, if need be. Playing goes on from there.
    void moveTo(model::Time time);
    /// From where it is; from the begin if it is off or at the end.
    void play();
    void pause();
    /// To the next event (of `task`, or of all), or to the previous one; pauses. False if there is none.
    bool step(int direction, TaskId task = {});
    /// Off: back to the present.
    void leave();

    /// Session time per time, within slowest and fastest.
    double speed() const { return m_speed; }
    void setSpeed(double speed);
    static constexpr double slowest = 0.01;
    static constexpr double fastest = 100;
    static constexpr std::array speeds {0.01, 0.1, 0.5, 1.0, 2.0, 10.0, 100.0}; ///< to choose from

    /// While it plays: so much time went by. Called by its own timer.
    void pass(std::chrono::nanoseconds time);

signals:
    /// It is at another moment, or was turned on or off.
    void moved();
    /// It plays, pauses, or has another speed; or was turned on or off.
    void changed();

private:
    void onFrame();
    void onBeat(const model::ChangeSet &changes);
    void show(model::Time time);

    const model::TraceStore &m_store;
    Pulse &m_pulse;
    QTimer m_frame;
    QElapsedTimer m_sinceFrame;
    double m_speed = 1;
    double m_rest = 0; ///< of a nanosecond
    bool m_playing = false;
};

} // namespace coroscope::ui
