// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/future.h"

namespace coroscope {

using namespace trace;

bool coroscope::detail::FutureLink::post(std::function<void(FutureStateBase &)> function)
{
    // The future may only be looked at on its thread.
    return m_inbox->post([self = shared_from_this(), function = std::move(function)] {
        if (self->m_future)
            function(*self->m_future);
    });
}

coroscope::detail::SetterToken::~SetterToken()
{
    link->post([](FutureStateBase &future) { future.settersAreGone(); });
}

FutureStateBase::FutureStateBase(FutureOptions options, QString (*type)())
    : m_id {newId()}
    , m_loop(Loop::current())
    , m_settable(options.settable == ByHand::Yes)
{
    if (m_settable && m_loop)
        m_loop->m_futures.emplace(m_id, this);
    if (!isRecording())
        return;
    record(m_id.value, EventType::FutureCreated, Cause::None, m_settable ? 1 : 0, currentTask().value, 0);
    if (!options.name.isEmpty())
        recordText(m_id.value, TextKind::FutureName, options.name);
    if (m_settable)
        recordText(m_id.value, TextKind::FutureType, type());
}

FutureStateBase::~FutureStateBase()
{
    if (m_settable && m_loop)
        m_loop->m_futures.erase(m_id);
    m_loop = nullptr;
    if (m_link)
        m_link->futureIsGone();
    noteDropped();
}

std::shared_ptr<coroscope::detail::SetterToken> FutureStateBase::setter()
{
    if (auto existing = m_setters.lock())
        return existing;
    if (!m_link) {
        Loop *const loop = Loop::current();
        if (!loop)
            throw std::logic_error("this thread has no coroscope::Loop: other threads can't set its futures");
        m_link = std::make_shared<coroscope::detail::FutureLink>(loop->inbox(), this);
    }
    auto token = std::make_shared<coroscope::detail::SetterToken>(m_link);
    m_setters = token;
    return token;
}

void FutureStateBase::settersAreGone() noexcept
{
    if (m_references == m_waitersReferences)
        noteDropped();
}

void FutureStateBase::noteDropped() noexcept
{
    if (m_outcome || m_dropped || (m_settable && m_loop)) // a person can set it
        return;
    if (m_references > 0 && !m_setters.expired())
        return;
    m_dropped = true;
    if (isRecording())
        record(m_id.value, EventType::FutureDropped, Cause::None, 0, 0, 0);
}

void FutureStateBase::resolve(Outcome outcome, const QString &text)
{
    m_outcome = outcome;
    if (isRecording()) {
        if (!text.isEmpty())
            recordText(m_id.value, outcome == Outcome::Done ? TextKind::FutureResult : TextKind::FutureError,
                       text);
        record(m_id.value, EventType::FutureResolved, Cause::None, std::uint16_t(outcome),
               currentTask().value, 0);
    }
    while (!m_waiters.isEmpty())
        Leaf::wakeFirst(m_waiters, Cause::Future, m_id.value);
}

bool FutureStateBase::setError(std::exception_ptr error)
{
    if (isDone())
        return false;
    m_error = std::move(error);
    QString text;
    if (isRecording()) {
        try {
            std::rethrow_exception(m_error);
        } catch (...) {
            text = currentExceptionText();
        }
    }
    resolve(Outcome::Failed, text);
    return true;
}

bool FutureStateBase::cancel()
{
    if (isDone())
        return false;
    m_error = std::make_exception_ptr(CancelledError());
    resolve(Outcome::Cancelled, {});
    return true;
}

void FutureStateBase::rethrowError() const
{
    if (m_error)
        std::rethrow_exception(m_error);
}

} // namespace coroscope
