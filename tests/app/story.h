// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

/// Tells a store of spawned tasks, as a session would.
class Story
{
public:
    coroscope::model::TraceStore store;

    coroscope::TaskId spawn(const QString &name, const QString &category, coroscope::TaskId parent = {});
    /// Waits for that long, wakes and waits again.
    void sleep(coroscope::TaskId task, std::chrono::nanoseconds duration);
    void progress(coroscope::TaskId task, std::uint64_t done, std::uint64_t total);
    void end(coroscope::TaskId task, coroscope::trace::Outcome outcome, const QString &text = {});
    void commit() { store.commit(m_now); }

private:
    void suspend(coroscope::TaskId task, std::chrono::nanoseconds duration);
    void append(coroscope::TaskId task, coroscope::trace::EventType type, coroscope::trace::Cause cause,
                std::uint16_t kind = 0, std::uint64_t a = 0, std::uint64_t b = 0, const QString &text = {});
    void say(coroscope::TaskId task, coroscope::trace::TextKind kind, const QString &text);

    coroscope::model::Time m_now {};
    std::uint32_t m_lastTask = 0;
};
