// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/handover.h"

namespace coroscope {

Handover::Switch Handover::switchTo() noexcept { return Switch(this); }
Handover::Switch Handover::switchBack() noexcept { return Switch(nullptr); }

bool Handover::hasStarted() const noexcept { return m_handle && m_handle.promise().m_hasStarted; }

void Handover::run()
{
    if (!m_handle || m_handle.promise().m_run)
        throw InvalidStateError(m_handle ? "the hand-over coroutine is running already"
                                         : "there is no hand-over coroutine");
    if (m_handle.done())
        return;
    promise_type &promise = m_handle.promise();
    promise_type::Run run;
    promise.m_run = &run;
    promise.m_hasStarted = true;
    promise_type::leaveCause(trace::Cause::Call, promise_type::caller());
    m_handle.resume();
    if (run.error)
        std::rethrow_exception(run.error);
}

bool Handover::promise_type::Awaiter::await_ready() const
{
    if (!m_to)
        return false;
    if (!m_to->m_handle)
        throw InvalidStateError("there is no coroutine to hand over to");
    promise_type &to = m_to->m_handle.promise();
    if (&to != m_from && to.m_run)
        throw InvalidStateError("the coroutine to hand over to is running already");
    return &to == m_from;
}

std::coroutine_handle<> Handover::promise_type::Awaiter::await_suspend(std::coroutine_handle<>) noexcept
{
    promise_type *const to = m_to && !m_to->m_handle.done() ? &m_to->m_handle.promise() : nullptr;
    const std::uint32_t from = m_from->info().id;
    trace::endSlice(m_from->info(), trace::WaitKind::Call, to ? to->info().id : 0, trace::bitsOf(m_at));
    Run *const run = std::exchange(m_from->m_run, nullptr);
    if (!to)
        return std::noop_coroutine();
    to->m_run = run;
    to->m_hasStarted = true;
    leaveCause(trace::Cause::Call, from);
    return to->self();
}

void Handover::promise_type::Awaiter::await_resume() noexcept
{
    if (m_from->info().activity == trace::Activity::Running)
        return; // it handed over to itself
    m_from->noteCaller();
    trace::resumeSlice(m_from->info());
}

void Handover::promise_type::End::await_suspend(std::coroutine_handle<promise_type> handle) const noexcept
{
    promise_type &promise = handle.promise();
    promise.finished();
    std::exchange(promise.m_run, nullptr)->error = std::exchange(promise.m_error, nullptr);
}

} // namespace coroscope
