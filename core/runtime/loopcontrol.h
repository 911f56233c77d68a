// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace coroscope {

class Loop;
class ReadyNode;

/// How a loop takes entries out of its ready queue at present.
struct Scheduling
{
    enum class Mode {
        Running,
        Held, ///< nothing runs, and time stands still
        Seeking, ///< runs to the next resumption of `sought`, then is held again
    };
    Mode mode = Mode::Running;
    TaskId sought;
    double pace = 0; ///< slow motion: at most so many entries a second; 0: as they come
    std::size_t ready = 0; ///< while held: entries in the ready queue

    friend bool operator==(const Scheduling &, const Scheduling &) = default;
};

/// Holds a loop, and lets one entry of its ready queue run at a time.
///
/// While the loop is held, its clock stands: a sleep lasts as much longer as the loop was held. Timers of the
/// loop don't fire; what arrives from sockets, executors and other threads only queues up; functions posted
/// to the loop's inbox run, so that it can be released, stepped and its tasks be cancelled. Held in the
/// middle of a turn, the entry that runs comes to its end first.
///
/// Not everything passes the ready queue, and so not everything can be held: coroutines that wait for an
/// awaiter of QCoro's own or another that isn't ours are resumed by it directly, and Qt's events, its timers
/// and the time of the world outside (a server's patience) go on.
///
/// Requests may be made on any thread while the loop lives: on the loop's own they count at once, else they
/// are posted to it. Nothing is resumed from inside of a request.
class LoopControl
{
public:
    explicit LoopControl(Loop &loop)
        : m_loop(loop)
    { }
    LoopControl(const LoopControl &) = delete;
    LoopControl &operator=(const LoopControl &) = delete;

    void hold();
    void release();
    /// Runs one entry (it may be several slices), holding the loop first if it isn't held. If nothing is
    /// ready, the stopped clock moves on to the next timer, whose entry then runs. Nothing to run: no effect.
    void step();
    /// Releases the loop until an entry has resumed `task`, or a coroutine that it waits for or that belongs
    /// to it; or until the spawned task of that identity has ended. Then the loop is held.
    void runToNextOf(TaskId task);
    /// At most `entriesPerSecond` by the loop's clock, when it isn't held; 0: no limit.
    void setPace(double entriesPerSecond);

    // On the loop's thread:
    const Scheduling &scheduling() const noexcept { return m_scheduling; }
    /// What is called with each change, on the loop's thread; it should only pass it on.
    void onChange(std::function<void(const Scheduling &)> handler) { m_changeHandler = std::move(handler); }

private:
    friend class Loop;
    using Mode = Scheduling::Mode;

    void turn();
    bool turnOnce();
    bool hasWork() const noexcept;
    std::int64_t wakeUpAt() const noexcept;
    void loopEnds();

    void request(std::function<void(LoopControl &)> function);
    void enter(Mode mode, TaskId sought = {});
    bool prepareEntry();
    bool prepareStep();
    void runEntry();
    void settle();
    bool isSought(const ReadyNode &node) const;
    void noteMode() const;
    void tell();

    Loop &m_loop;
    Scheduling m_scheduling;
    Scheduling m_told;
    std::function<void(const Scheduling &)> m_changeHandler;
    std::size_t m_stepsWanted = 0;
    std::int64_t m_nextEntry = 0; // of the loop's clock: slow motion lets none run before
    bool m_isSoughtSpawned = false;
};

} // namespace coroscope
