// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

/// The words of exported formats: never translated, because programs read them.
namespace coroscope::io {

/// "created", "suspended", "done" …
QString stateWord(model::TaskState state);
/// "sleep", "future", "reply" …; empty for WaitKind::None.
QString waitWord(trace::WaitKind kind);
/// "start", "timer", "task" …; empty for Cause::None.
QString causeWord(trace::Cause cause);
/// The kind of work as its category says; without one "task", "coroutine", "loop", "worker".
QString kindWord(const model::Task &task);
/// "core/net/redis.cpp:42"; empty if unknown.
QString siteText(const model::TraceStore &store, model::LocationId site);

} // namespace coroscope::io
