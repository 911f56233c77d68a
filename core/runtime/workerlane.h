// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/frame.h"

#include <QString>

namespace coroscope {

/// A worker's lane in the trace. It stands on its thread's stack of slices, below the coroutines that a job
/// may call. Its own thread only.
class WorkerLane
{
public:
    WorkerLane();
    std::uint64_t id() const noexcept { return m_frame.id; }
    void beginJob(const QString &jobName, std::uint64_t submitter, const QString &laneName);
    void endJob();

private:
    trace::FrameInfo m_frame;
    std::uint32_t m_namedTo = 0; // the recording that knows m_name
    QString m_name;
};

} // namespace coroscope
