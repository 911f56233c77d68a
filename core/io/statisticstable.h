// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/tracestatistics.h"

#include <QByteArray>

namespace coroscope::io {

/// Two tables for a person, functions and tasks, with columns that are aligned in a terminal (a Chinese
/// character is two wide). Names with control characters in them show "?" instead.
QString statisticsText(const TraceStatistics &statistics);

/// A line an object, functions first:
/// {"scope":"function"|"task","task"?,"name","kind","state"?,"site"?,"tasks","count","busy_ns","wait_ns",
/// "ready_ns","p50_ns","p90_ns","p99_ns","max_ns","causes":{"timer":3,…}}
QByteArray statisticsJson(const TraceStatistics &statistics);

/// The same as comma-separated values (RFC 4180) under a header record; causes as "timer=3 reply=1".
QByteArray statisticsCsv(const TraceStatistics &statistics);

} // namespace coroscope::io
