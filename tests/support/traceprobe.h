// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/recorder.h"
#include "tests/support/emissionrules.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace coroscope::test {

struct Seen
{
    std::uint32_t thread;
    trace::Event event;
    QByteArray text;
};

/// Records from its construction to stop(), and keeps what was recorded. One at a time.
class TraceProbe final : trace::Sink
{
public:
    enum class Keep { Everything, Nothing };
    explicit TraceProbe(trace::RecorderOptions options = {std::size_t(1) << 18, std::size_t(1) << 20},
                        Keep keep = Keep::Everything);
    ~TraceProbe();
    TraceProbe(const TraceProbe &) = delete;
    TraceProbe &operator=(const TraceProbe &) = delete;

    /// Takes what is there by now.
    void take();
    void stop();

    const std::vector<Seen> &seen() const { return m_seen; }
    const EmissionRules &rules() const { return m_rules; }
    QStringList breaches() const { return m_rules.breaches(); }
    std::uint64_t eventsTaken() const { return m_taken; }
    std::uint64_t lostEvents() const { return m_lostEvents; }
    std::uint64_t lostTexts() const { return m_lostTexts; }
    /// When the first of each batch of losses happened.
    const std::vector<std::uint64_t> &lossTicks() const { return m_lossTicks; }

    /// What happened to coroutines, a line an event, in the words of their functions' names:
    /// "created inner by outer", "resumed inner (start) on outer", "suspended outer: task inner",
    /// "finished inner: done", "destroyed inner", "result inner: 7". A function called twice is "f" and
    /// "f#2".
    QStringList story() const;
    std::vector<trace::Event> eventsOf(trace::EventType type) const;
    QStringList texts(trace::TextKind kind) const;

private:
    void event(std::uint32_t thread, const trace::Event &event, QByteArrayView text) override;
    void lost(std::uint32_t thread, std::uint64_t ticks, std::uint64_t events) override;
    void lostTexts(std::uint32_t thread, std::uint64_t texts) override;

    std::vector<Seen> m_seen;
    EmissionRules m_rules;
    std::vector<std::uint64_t> m_lossTicks;
    std::uint64_t m_taken = 0;
    std::uint64_t m_lostEvents = 0;
    std::uint64_t m_lostTexts = 0;
    Keep m_keep;
};

QString causeInWords(trace::Cause cause);
QString waitKindInWords(trace::WaitKind kind);
/// The function's name without its parameters, from a site's bits.
QString functionAt(std::uint64_t site);
int lineAt(std::uint64_t site);
QString fileAt(std::uint64_t site);

} // namespace coroscope::test
