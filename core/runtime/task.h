// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/runtime/shared.h"
#include "core/runtime/taskstate.h"

#include <tuple>
#include <utility>

namespace coroscope {

struct SpawnOptions
{
    QString name; ///< empty: Task-1, Task-2 …
    QByteArray category; ///< by which the window colors it; empty: as who spawned it

    SpawnOptions() = default;
    SpawnOptions(QString taskName, QByteArray taskCategory = {})
        : name(std::move(taskName))
        , category(std::move(taskCategory))
    { }
    SpawnOptions(const char *taskName)
        : name(QString::fromUtf8(taskName))
    { }
};

/// A handle to a spawned task, whatever its result. Copies share it; dropping it never stops the task. Use it
/// on the thread of the task's loop.
class AnyTask
{
public:
    AnyTask() = default;
    explicit AnyTask(TaskStateBase *state) noexcept
        : m_state(state)
    { }

    explicit operator bool() const noexcept { return bool(m_state); }
    friend bool operator==(const AnyTask &a, const AnyTask &b) noexcept { return a.state() == b.state(); }

    TaskId id() const noexcept { return m_state->id(); }
    QString name() const { return m_state->name(); }
    bool isDone() const noexcept { return m_state->isDone(); }
    bool isCancelled() const noexcept { return m_state->isCancelled(); }
    /// What the task threw; null while it runs and if it returned. An error that nobody asked for, awaited or
    /// took with result() is reported when the last handle goes (Loop::onUnseenError).
    std::exception_ptr error() const noexcept
    {
        m_state->noteErrorSeen();
        return m_state->error();
    }
    /// Asks the task to end: CancelledError is thrown where it waits, at its turn. A task that hasn't started
    /// never does; one that waits for an awaiter that isn't ours gets it at its next await of ours. False: it
    /// has ended already.
    bool cancel() const { return m_state->cancel({}); }
    /// Calls the function on the loop, soon after the task ended; also if it has ended already.
    void onDone(std::function<void()> function) const { m_state->onDone(std::move(function)); }

    TaskStateBase *state() const noexcept { return m_state.get(); }

private:
    detail::Shared<TaskStateBase> m_state;
};

/// Waits until a task has ended. Several may wait for one task; cancelling who waits doesn't cancel it.
class TaskJoin : public Leaf, private TaskWatcher
{
public:
    explicit TaskJoin(AnyTask task)
        : m_task(std::move(task))
    { }
    trace::WaitNote traceNote() const { return {trace::WaitKind::Join, m_task.id().value}; }
    bool await_ready() const noexcept { return m_task.isDone(); }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            m_task.state()->watch(*this);
    }
    void await_resume() { leave(); }

protected:
    ~TaskJoin() = default;
    const AnyTask &task() const noexcept { return m_task; }

private:
    void taskEnded(TaskStateBase &ended) noexcept override { wake(trace::Cause::Task, ended.id().value); }
    void stopWaiting() noexcept override { stopWatching(); }

    AnyTask m_task;
};

/// A handle to a spawned task with a result of type T. `co_await task` waits for the end and gives a copy of
/// the result, or throws what the task threw (CancelledError if it was cancelled).
template<class T>
class SpawnedTask : public AnyTask
{
public:
    using value_type = T;

    SpawnedTask() = default;
    explicit SpawnedTask(TaskState<T> *state) noexcept
        : AnyTask(state)
    { }

    /// As co_await, for a task that has ended; before that it throws InvalidStateError.
    T result() const
    {
        if constexpr (std::is_void_v<T>)
            (void)static_cast<TaskState<T> *>(state())->value();
        else
            return static_cast<TaskState<T> *>(state())->value();
    }

    class [[nodiscard]] Awaiter final : public TaskJoin
    {
    public:
        using TaskJoin::TaskJoin;
        T await_resume()
        {
            leave();
            return static_cast<const SpawnedTask &>(task()).result();
        }
    };
    Awaiter operator co_await() const { return Awaiter(*this); }
};

namespace detail {

template<class F, class... Args>
class SpawnedCall final : public TaskState<typename std::invoke_result_t<F, Args...>::value_type>
{
    using Base = TaskState<typename std::invoke_result_t<F, Args...>::value_type>;

public:
    SpawnedCall(Loop &loop, SpawnOptions options, F function, Args... arguments)
        : Base(loop, std::move(options.name), std::move(options.category), idOf(function))
        , m_call(std::in_place, std::move(function), std::tuple<Args...>(std::move(arguments)...))
    { }

private:
    /// A deferred call has an identity already.
    static TaskId idOf(F &function)
    {
        if constexpr (requires {
                          { function.becomeTask() } -> std::same_as<TaskId>;
                      })
            return function.becomeTask();
        else
            return {};
    }
    void callFunction() override
    {
        this->m_task.emplace(std::apply(std::move(m_call->first), std::move(m_call->second)));
    }
    void releaseCall() noexcept override { m_call.reset(); }

    // Kept until the task ends: a lambda's captures live in it.
    std::optional<std::pair<F, std::tuple<Args...>>> m_call;
};

} // namespace detail

/// Starts a task on this thread's loop: calls `function(arguments…)`, which returns a QCoro::Task, at the
/// loop's next turn, with the arguments moved into the call. Nothing of it runs before spawn() returns.
template<class F, class... Args>
auto spawn(SpawnOptions options, F function, Args... arguments)
{
    using T = typename std::invoke_result_t<F, Args...>::value_type;
    Loop *const loop = Loop::current();
    if (!loop)
        throw std::logic_error("spawn: this thread has no coroscope::Loop");
    auto *const state = new detail::SpawnedCall<F, Args...>(*loop, std::move(options), std::move(function),
                                                            std::move(arguments)...);
    SpawnedTask<T> task(state);
    state->unref();
    return task;
}

} // namespace coroscope
