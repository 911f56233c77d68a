// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/deferred.h"

#include "core/trace/names.h"

#include <QCoreApplication>
#include <QLoggingCategory>

namespace coroscope::detail {

using namespace trace;

Q_LOGGING_CATEGORY(deferredLog, "coroscope.runtime")

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::Deferred)
};

} // namespace

DeferredCallBase::DeferredCallBase(const char *function)
    : m_id {newId()}
    , m_function(function)
{
    announce();
}

/// Once a recording.
void DeferredCallBase::announce()
{
    const std::uint32_t recording = recordingNumber();
    if (recording == 0 || m_announcedTo == recording)
        return;
    m_announcedTo = recording;
    const FrameInfo *const current = thisThread.current;
    record(m_id.value, EventType::Created, Cause::None, std::uint16_t(EntityKind::Coroutine),
           current ? current->id : 0, 0);
}

void DeferredCallBase::use(Use use)
{
    if (m_use != Use::None)
        throw InvalidStateError("a deferred call can be run once, and it was");
    m_use = use;
    if (use == Use::Started)
        announce(); // a task announces itself
}

void DeferredCallBase::noteCalledByTask()
{
    if (m_use != Use::Spawned)
        throw InvalidStateError("a deferred call that wasn't spawned can't be called as a task");
    m_use = Use::Started;
}

void DeferredCallBase::recordEndWithoutFrame(Outcome outcome) noexcept
{
    if (isRecording())
        record(m_id.value, EventType::Finished, Cause::None, std::uint16_t(outcome), 0, 0);
}

DeferredCallBase::~DeferredCallBase()
{
    if (m_use != Use::None)
        return;
    qCWarning(deferredLog).noquote().nospace()
        << "A deferred call of " << cleanTypeName(m_function) << " was never awaited";
    if (!isRecording())
        return;
    announce();
    recordText(m_id.value, TextKind::Error, Tr::tr("was never awaited"));
    record(m_id.value, EventType::Destroyed, Cause::None, 0, 0, 0);
}

} // namespace coroscope::detail
