// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QStringList>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace coroscope::test {

/// Replays events as a consumer gets them and notes each that breaks a rule of emission: a slice begins on
/// what the event says is below it, ends on top of its thread's stack, and no task runs twice, runs before it
/// is known or does anything after its end.
class EmissionRules
{
public:
    void add(std::uint32_t thread, const trace::Event &event);
    /// What was broken, in words; empty if all was well.
    const QStringList &breaches() const { return m_breaches; }
    /// Tasks known that have neither ended nor been destroyed; loops and workers don't count.
    std::size_t unended() const;
    /// Whether any thread's stack of slices is not empty.
    bool isAnythingRunning() const;

private:
    enum class State { Fresh, Running, Suspended, Ended };
    struct Lane
    {
        State state = State::Fresh;
        bool isService = false;
        bool isSpawned = false;
    };
    struct Thread
    {
        std::vector<std::uint32_t> stack;
        std::uint64_t lastTicks = 0;
    };
    Lane *known(const trace::Event &event, const char *what);
    void breach(const trace::Event &event, const char *what);

    std::unordered_map<std::uint32_t, Lane> m_lanes;
    std::unordered_map<std::uint32_t, Thread> m_threads;
    QStringList m_breaches;
};

} // namespace coroscope::test
