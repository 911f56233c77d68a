// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

namespace coroscope::model {

struct StoreState;

namespace words {

/// "350 ns", "12 µs", "1.5 ms", "500 ms", "2 s", "1 min 5 s": at most three digits that count.
QString duration(Time time);
/// The bare function: "download(DownloadSpec)" → "download", "Crawler::run() const" → "Crawler::run".
QString functionName(const QString &function);
/// What a task is called that nobody named.
QString fallbackName(const Task &task, const Location &location);

QString wait(const StoreState &state, const Wait &wait);
QString cause(const StoreState &state, trace::Cause cause, std::uint64_t causer);

} // namespace words
} // namespace coroscope::model
