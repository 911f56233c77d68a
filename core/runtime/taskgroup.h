// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/cancelscope.h"
#include "core/runtime/shared.h"
#include "core/runtime/task.h"
#include "core/runtime/wait.h"

#include <list>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace coroscope {

class TaskGroup;

/// What failed in a TaskGroup: one error or several, in the order in which they came.
class TaskGroupError : public std::runtime_error
{
public:
    explicit TaskGroupError(std::vector<std::exception_ptr> errors);
    const std::vector<std::exception_ptr> &errors() const noexcept { return m_errors; }

private:
    std::vector<std::exception_ptr> m_errors;
};

namespace detail {
class GroupState;
template<class F, class... Args>
using GroupBody = std::invoke_result_t<F &, TaskGroup, Args...>;
} // namespace detail

/// Tasks that end together; withTaskGroup() makes one and gives it to its body. Copies are handles to the
/// same group. Loop's thread only.
class TaskGroup
{
public:
    /// Starts a child as coroscope::spawn() does. Throws InvalidStateError once the group has ended or is
    /// being cancelled.
    template<class F, class... Args>
    auto spawn(SpawnOptions options, F function, Args... arguments) const
    {
        checkOpen();
        auto task = coroscope::spawn(std::move(options), std::move(function), std::move(arguments)...);
        add(task);
        return task;
    }
    /// Children that have not ended.
    std::size_t taskCount() const noexcept;

private:
    friend class detail::GroupState;
    explicit TaskGroup(detail::Shared<detail::GroupState> state) noexcept;
    void checkOpen() const;
    void add(const AnyTask &child) const;

    detail::Shared<detail::GroupState> m_state;
};

namespace detail {

class GroupState final : public SharedState
{
public:
    TaskGroup handle() { return TaskGroup(Shared<GroupState>(this)); }
    void add(const AnyTask &child);
    bool isOpen() const noexcept { return !m_isAborting && !m_hasEnded; }
    std::size_t taskCount() const noexcept { return m_children.size(); }
    std::vector<AnyTask> children() const;

    void bodyBegins(CancelScope &body) noexcept { m_body = &body; }
    /// `error` is what came out of the body, null if nothing did.
    void bodyEnded(const std::exception_ptr &error);
    /// The task was cancelled while it waited for the children.
    void joinCancelled() noexcept;
    /// After the last child: throws what is to be thrown.
    void end();
    /// Nobody will wait for the children any more.
    void abandon() noexcept;

private:
    struct Child final : TaskWatcher
    {
        void taskEnded(TaskStateBase &ended) noexcept override { group->childEnded(place, ended); }
        GroupState *group = nullptr;
        AnyTask task;
        std::list<Child>::iterator place;
    };
    ~GroupState() override = default;
    void childEnded(std::list<Child>::iterator child, TaskStateBase &ended) noexcept;
    void abort() noexcept;

    std::list<Child> m_children; // that have not ended
    std::vector<std::exception_ptr> m_errors;
    CancelScope *m_body = nullptr; // while it runs
    bool m_isAborting = false;
    bool m_wasCancelled = false;
    bool m_hasEnded = false;
};

/// In the frame that waits for the group.
class GroupHolder
{
public:
    GroupHolder()
        : m_state(new GroupState)
    { }
    ~GroupHolder() { m_state->abandon(); }
    GroupHolder(const GroupHolder &) = delete;
    GroupHolder &operator=(const GroupHolder &) = delete;
    GroupState *operator->() const noexcept { return m_state.get(); }

private:
    Shared<GroupState> m_state;
};

} // namespace detail

/// As `async with asyncio.TaskGroup() as group: body(group)`: awaits `body(group, arguments…)`, then every
/// child, also those that children start, and gives what the body gave. It leaves only when all have ended:
/// - when a child or the body fails, the other children are cancelled, and the body where it waits; at the
/// end
///   TaskGroupError keeps all that was thrown;
/// - when the task is cancelled, all children are; CancelledError comes when they have ended (if one failed
///   meanwhile: TaskGroupError);
/// - a child that is cancelled alone disturbs nobody.
template<class F, class... Args>
QCoro::Task<typename detail::GroupBody<F, Args...>::value_type> withTaskGroup(F body, Args... arguments)
{
    using T = typename detail::GroupBody<F, Args...>::value_type;
    struct Nothing
    { };
    std::optional<std::conditional_t<std::is_void_v<T>, Nothing, T>> result;
    std::exception_ptr error;
    CancelScope scope;
    const detail::GroupHolder group;
    group->bodyBegins(scope);
    try {
        if constexpr (std::is_void_v<T>)
            co_await body(group->handle(), std::move(arguments)...);
        else
            result.emplace(co_await body(group->handle(), std::move(arguments)...));
    } catch (...) {
        error = std::current_exception();
    }
    group->bodyEnded(error);
    while (group->taskCount() > 0) {
        bool cancelled = false;
        try {
            co_await wait(group->children());
        } catch (const CancelledError &) {
            cancelled = true;
        }
        if (cancelled)
            group->joinCancelled();
    }
    group->end();
    if constexpr (!std::is_void_v<T>)
        co_return std::move(*result);
}

} // namespace coroscope
