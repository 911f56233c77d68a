// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/taskgroup.h"

#include "core/runtime/errors.h"
#include "core/trace/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace coroscope {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::TaskGroup)
};

std::string describe(const std::vector<std::exception_ptr> &errors)
{
    QStringList texts;
    for (const std::exception_ptr &error : errors) {
        try {
            std::rethrow_exception(error);
        } catch (...) {
            texts.append(trace::currentExceptionText());
        }
    }
    return Tr::tr("%n task(s) of a group failed: %1", nullptr, int(errors.size()))
        .arg(texts.join(u"; "))
        .toStdString();
}

bool isCancellation(const std::exception_ptr &error)
{
    try {
        std::rethrow_exception(error);
    } catch (const CancelledError &) {
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace

TaskGroupError::TaskGroupError(std::vector<std::exception_ptr> errors)
    : std::runtime_error(describe(errors))
    , m_errors(std::move(errors))
{ }

TaskGroup::TaskGroup(detail::Shared<detail::GroupState> state) noexcept
    : m_state(std::move(state))
{ }

std::size_t TaskGroup::taskCount() const noexcept { return m_state->taskCount(); }

void TaskGroup::checkOpen() const
{
    if (!m_state->isOpen())
        throw InvalidStateError("the task group has ended or is being cancelled: it takes no more tasks");
}

void TaskGroup::add(const AnyTask &child) const { m_state->add(child); }

namespace detail {

void GroupState::add(const AnyTask &child)
{
    Child &added = m_children.emplace_back();
    added.group = this;
    added.task = child;
    added.place = std::prev(m_children.end());
    child.state()->watch(added);
}

std::vector<AnyTask> GroupState::children() const
{
    std::vector<AnyTask> tasks;
    tasks.reserve(m_children.size());
    for (const Child &child : m_children)
        tasks.push_back(child.task);
    return tasks;
}

void GroupState::childEnded(std::list<Child>::iterator child, TaskStateBase &ended) noexcept
{
    const AnyTask kept(&ended);
    m_children.erase(child);
    if (!ended.error() || ended.isCancelled())
        return;
    m_errors.push_back(kept.error());
    abort();
}

void GroupState::abort() noexcept
{
    if (std::exchange(m_isAborting, true))
        return;
    for (const AnyTask &child : children()) // cancelling one may end it at once
        child.cancel();
    if (m_body)
        m_body->cancel();
}

void GroupState::bodyEnded(const std::exception_ptr &error)
{
    const bool isOurs = std::exchange(m_body, nullptr)->leave();
    if (!error)
        return;
    if (!isCancellation(error))
        m_errors.push_back(error);
    else if (!isOurs)
        m_wasCancelled = true;
    abort();
}

void GroupState::joinCancelled() noexcept
{
    m_wasCancelled = true;
    abort();
}

void GroupState::end()
{
    m_hasEnded = true;
    if (!m_errors.empty())
        throw TaskGroupError(std::move(m_errors));
    if (m_wasCancelled)
        throw CancelledError();
}

void GroupState::abandon() noexcept
{
    m_body = nullptr;
    if (!m_hasEnded)
        abort();
    m_hasEnded = true;
}

} // namespace detail

} // namespace coroscope
