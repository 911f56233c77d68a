// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/wait.h"

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace coroscope {

/// What became of one task of gatherSettled(): its result, or what it threw (CancelledError if it was
/// cancelled).
template<class T>
struct Settled
{
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
    std::optional<Value> value;
    std::exception_ptr error;

    bool isOk() const noexcept { return !error; }
    /// The result, or throws the error.
    const Value &result() const
    {
        if (error)
            std::rethrow_exception(error);
        return *value;
    }
};

namespace detail {

/// Cancelled, it cancels all tasks, and throws CancelledError once what it waits for is there.
class GatherWait : public Wait
{
public:
    void cancel() noexcept override;

protected:
    enum class Errors { Throw, Collect };
    GatherWait(std::vector<AnyTask> tasks, Errors errors)
        : Wait(std::move(tasks),
               errors == Errors::Throw ? WaitUntil::FirstException : WaitUntil::AllCompleted,
               Counts::FailedAndCancelled)
        , m_errors(errors)
    { }
    ~GatherWait() = default;
    /// Throws the first error, if errors are to be thrown.
    void finish();

private:
    Errors m_errors;
    bool m_mustThrow = false;
};

template<class T>
auto gathered(const SpawnedTask<T> &task)
{
    if constexpr (std::is_void_v<T>) {
        task.result();
        return std::monostate();
    } else {
        return task.result();
    }
}

template<class T>
Settled<T> settled(const SpawnedTask<T> &task)
{
    Settled<T> settled;
    settled.error = task.error();
    if (!settled.error)
        settled.value.emplace(gathered(task));
    return settled;
}

} // namespace detail

template<class T>
class [[nodiscard]] Gather final : public detail::GatherWait
{
public:
    explicit Gather(std::vector<SpawnedTask<T>> tasks)
        : GatherWait(std::vector<AnyTask>(tasks.begin(), tasks.end()), Errors::Throw)
        , m_tasks(std::move(tasks))
    { }
    auto await_resume()
    {
        finish();
        if constexpr (!std::is_void_v<T>) {
            std::vector<T> results;
            results.reserve(m_tasks.size());
            for (const SpawnedTask<T> &task : m_tasks)
                results.push_back(task.result());
            return results;
        }
    }

private:
    std::vector<SpawnedTask<T>> m_tasks;
};

template<class... T>
class [[nodiscard]] GatherTuple final : public detail::GatherWait
{
public:
    explicit GatherTuple(SpawnedTask<T>... tasks)
        : GatherWait({tasks...}, Errors::Throw)
        , m_tasks(std::move(tasks)...)
    { }
    auto await_resume()
    {
        finish();
        return std::apply([](const auto &...task) { return std::tuple(detail::gathered(task)...); }, m_tasks);
    }

private:
    std::tuple<SpawnedTask<T>...> m_tasks;
};

template<class T>
class [[nodiscard]] GatherSettled final : public detail::GatherWait
{
public:
    explicit GatherSettled(std::vector<SpawnedTask<T>> tasks)
        : GatherWait(std::vector<AnyTask>(tasks.begin(), tasks.end()), Errors::Collect)
        , m_tasks(std::move(tasks))
    { }
    std::vector<Settled<T>> await_resume()
    {
        finish();
        std::vector<Settled<T>> results;
        results.reserve(m_tasks.size());
        for (const SpawnedTask<T> &task : m_tasks)
            results.push_back(detail::settled(task));
        return results;
    }

private:
    std::vector<SpawnedTask<T>> m_tasks;
};

template<class... T>
class [[nodiscard]] GatherSettledTuple final : public detail::GatherWait
{
public:
    explicit GatherSettledTuple(SpawnedTask<T>... tasks)
        : GatherWait({tasks...}, Errors::Collect)
        , m_tasks(std::move(tasks)...)
    { }
    std::tuple<Settled<T>...> await_resume()
    {
        finish();
        return std::apply([](const auto &...task) { return std::tuple(detail::settled(task)...); }, m_tasks);
    }

private:
    std::tuple<SpawnedTask<T>...> m_tasks;
};

/// `co_await gather(tasks)`, as asyncio.gather: the results in the order of the tasks. The first exception (a
/// cancelled task's is CancelledError) reaches who waits at once, and the other tasks run on; what they throw
/// counts as seen. Cancelling who waits cancels all tasks; CancelledError comes when the first of them has
/// ended so.
template<class T>
Gather<T> gather(std::vector<SpawnedTask<T>> tasks)
{
    return Gather<T>(std::move(tasks));
}
/// The same for tasks of different types: a tuple of results, std::monostate where there is none.
template<class... T>
GatherTuple<T...> gather(SpawnedTask<T>... tasks)
{
    return GatherTuple<T...>(std::move(tasks)...);
}

/// As asyncio.gather(return_exceptions=True): waits for all, and gives what became of each. Cancelling who
/// waits cancels all; CancelledError comes when the last has ended.
template<class T>
GatherSettled<T> gatherSettled(std::vector<SpawnedTask<T>> tasks)
{
    return GatherSettled<T>(std::move(tasks));
}
template<class... T>
GatherSettledTuple<T...> gatherSettled(SpawnedTask<T>... tasks)
{
    return GatherSettledTuple<T...>(std::move(tasks)...);
}

} // namespace coroscope
