// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/eventtarget.h"
#include "core/trace/recorder.h"

#include <unordered_map>

namespace coroscope::model {

/// Moves what this process records into a store, or to whatever else takes events. Lives on the target's
/// thread; there is one at a time.
///
/// Pointers into the program (source locations, type names) and numbers of its text table become the target's
/// own, each looked up once. The session starts with the first event, or with the collector if that is
/// earlier.
class Collector final : private trace::Sink
{
public:
    explicit Collector(EventTarget &target);
    Collector(const Collector &) = delete;
    Collector &operator=(const Collector &) = delete;

    /// Takes events for about `budget`, so that an overloaded loop can't freeze whoever watches it, then
    /// commits: the target's now is how far the events are known. False if more is waiting.
    bool collect(Time budget = std::chrono::milliseconds(4));
    /// Takes all there is, however long it lasts.
    void collectAll();
    /// Takes another target from now on. It has to know the strings and locations of the old one by the same
    /// numbers: it passes them on.
    void setTarget(EventTarget &target) { m_target = &target; }

    /// A reading of trace::Clock as the session's time.
    Time timeOf(std::uint64_t ticks) const;
    /// The other way round.
    std::uint64_t ticksAt(Time time) const;

private:
    void event(std::uint32_t thread, const trace::Event &event, QByteArrayView text) override;
    void lost(std::uint32_t thread, std::uint64_t ticks, std::uint64_t events) override;
    void lostTexts(std::uint32_t thread, std::uint64_t texts) override;

    /// Keeps the detail of a wait, or exchanges a number or pointer of the program for one of the target.
    std::uint64_t waitDetail(trace::WaitKind kind, std::uint64_t detail);
    LocationId location(std::uint64_t site);
    StringId string(std::uint32_t id);
    StringId typeName(std::uint64_t mangled);

    EventTarget *m_target;
    std::uint64_t m_origin;
    Time m_last {};
    bool m_begun = false;
    std::unordered_map<std::uint64_t, LocationId> m_locations;
    std::unordered_map<std::uint64_t, StringId> m_types;
    std::vector<StringId> m_strings; ///< by the program's StringId
};

} // namespace coroscope::model
