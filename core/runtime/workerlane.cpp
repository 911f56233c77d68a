// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/workerlane.h"

#include <utility>

namespace coroscope {

using namespace trace;

WorkerLane::WorkerLane()
{
    m_frame.id = newId();
    m_frame.hasOwner = true;
    m_frame.owner = nullptr;
}

void WorkerLane::beginJob(const QString &jobName, std::uint64_t submitter, const QString &laneName)
{
    if (ringForEvent()) {
        if (m_frame.announcedTo != thisThread.announcement) {
            m_frame.announcedTo = thisThread.announcement;
            record(m_frame.id, EventType::Created, Cause::None, std::uint16_t(EntityKind::Worker), 0, 0);
        }
        if (std::exchange(m_namedTo, thisThread.epoch) != thisThread.epoch || m_name != laneName) {
            m_name = laneName;
            recordText(m_frame.id, TextKind::Name, laneName);
        }
    }
    beginSlice(m_frame, Cause::Job, submitter);
    thisThread.base = &m_frame;
    if (isRecording())
        recordText(m_frame.id, TextKind::SliceLabel, jobName);
}

void WorkerLane::endJob()
{
    thisThread.base = nullptr;
    endSlice(m_frame, WaitKind::Idle, 0, 0);
}

} // namespace coroscope
