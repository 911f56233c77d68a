// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/notifier.h"

#include <deque>
#include <memory>

namespace coroscope::net {

class Turn;

/// So many may go at once, the others queue: the connections to a host, the downloads of a batch.
/// One loop's thread.
class Turnstile
{
public:
    explicit Turnstile(int places);
    Turnstile(const Turnstile &) = delete;
    Turnstile &operator=(const Turnstile &) = delete;

    bool isIdle() const { return m_taken == 0 && m_queue.empty(); }

private:
    friend class Turn;

    void admit();

    int m_places;
    int m_taken = 0;
    std::deque<Turn *> m_queue; ///< first come, first served
};

/// A place in the queue, and then a place; given back when this object goes.
///
///     Turn turn(turnstile);
///     while (!turn.isMine())
///         co_await turn.wait(label);
class Turn
{
public:
    explicit Turn(std::shared_ptr<Turnstile> turnstile);
    ~Turn();
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

    bool isMine() const { return m_isMine; }
    /// Resumed by the loop when the place may have become free. Cancellable.
    auto wait(StringId label) { return m_notifier.wait(trace::WaitKind::Notifier, label); }

private:
    friend class Turnstile;

    std::shared_ptr<Turnstile> m_turnstile;
    Notifier m_notifier;
    bool m_isMine = false;
};

} // namespace coroscope::net
