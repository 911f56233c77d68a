// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/job.h"

namespace coroscope {

using trace::Cause;

QString toText(JobPhase phase)
{
    switch (phase) {
    case JobPhase::Pending:
        return QStringLiteral("pending");
    case JobPhase::Running:
        return QStringLiteral("running");
    case JobPhase::Done:
        break;
    }
    return QStringLiteral("finished");
}

JobBase::JobBase(QString name, std::shared_ptr<WorkerPool> pool)
    : m_name(std::move(name))
    , m_pool(std::move(pool))
    , m_submitter(trace::currentTask().value)
{
    Loop *const loop = Loop::current();
    if (!loop)
        throw std::logic_error("an executor: this thread has no coroscope::Loop to bring the result back to");
    m_inbox = loop->inbox();
}

void JobBase::requestStop()
{
    if (m_done)
        return;
    if (m_pool->takeBack(*this)) {
        fail(std::make_exception_ptr(CancelledError()));
        finish(0);
    } else {
        stop();
    }
}

void JobBase::waiterGaveUp()
{
    if (--m_waiting == 0 && takesStop())
        requestStop();
}

void JobBase::finish(std::uint64_t worker)
{
    m_inbox->post([job = shared_from_this(), worker] {
        job->m_done = true;
        while (!job->m_waiters.isEmpty())
            Leaf::wakeFirst(job->m_waiters, Cause::Job, worker);
    });
}

void JobBase::tellAdmitted()
{
    m_inbox->post([job = shared_from_this()] {
        while (!job->m_waiters.isEmpty())
            Leaf::wakeFirst(job->m_waiters, Cause::Notified, 0);
    });
}

} // namespace coroscope
