// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/task.h"

#include <memory>
#include <tuple>
#include <typeinfo>
#include <utility>

namespace coroscope {

namespace detail {

/// What a deferred call is but for its types: an identity in state *created*.
class DeferredCallBase
{
public:
    DeferredCallBase(const DeferredCallBase &) = delete;
    DeferredCallBase &operator=(const DeferredCallBase &) = delete;
    virtual ~DeferredCallBase();
    TaskId id() const noexcept { return m_id; }
    bool wasUsed() const noexcept { return m_use != Use::None; }
    /// Throws InvalidStateError if it was used already.
    void becomeTask() { use(Use::Spawned); }

protected:
    /// `function`: the mangled name of its type.
    explicit DeferredCallBase(const char *function);
    enum class Use { None, Spawned, Started };
    void use(Use use);
    void noteCalledByTask();
    void recordEndWithoutFrame(trace::Outcome outcome) noexcept;

private:
    void announce();

    TaskId m_id;
    const char *m_function;
    std::uint32_t m_announcedTo = 0; // the recording that knows it
    Use m_use = Use::None;
};

template<class T>
class DeferredCall : public DeferredCallBase
{
public:
    using DeferredCallBase::DeferredCallBase;
    virtual QCoro::Task<T> call() = 0;

    QCoro::Task<T> start()
    {
        use(Use::Started);
        trace::ThreadState &thread = trace::thisThread;
        const std::uint32_t outer = std::exchange(thread.adoptedId, id().value);
        try {
            QCoro::Task<T> task = call();
            const bool hadNoFrame = std::exchange(thread.adoptedId, outer) == id().value;
            if (hadNoFrame)
                recordEndWithoutFrame(trace::Outcome::Done);
            else if (trace::FrameInfo *const info = trace::infoOfFrame(trace::frameOf(task)))
                info->isSpawned = false;
            return task;
        } catch (...) {
            thread.adoptedId = outer;
            recordEndWithoutFrame(trace::Outcome::Failed);
            throw;
        }
    }
    /// As spawn() does, which has seen to the identity.
    QCoro::Task<T> callAsTask()
    {
        noteCalledByTask();
        return call();
    }
};

template<class F, class... Args>
class DeferredFunction final : public DeferredCall<typename std::invoke_result_t<F, Args...>::value_type>
{
    using T = typename std::invoke_result_t<F, Args...>::value_type;

public:
    DeferredFunction(F function, Args... arguments)
        : DeferredCall<T>(typeid(F).name())
        , m_function(std::move(function))
        , m_arguments(std::move(arguments)...)
    { }

private:
    QCoro::Task<T> call() override { return std::apply(std::move(m_function), std::move(m_arguments)); }

    F m_function;
    std::tuple<Args...> m_arguments;
};

} // namespace detail

/// A call that is yet to be made, the counterpart of Python's coroutine object: made by deferred(), it has an
/// identity on the timeline in state *created*, and nothing of it has run. `co_await call` makes the call
/// inside of who awaits, as if the function had been called there; `spawn(options, std::move(call))` makes it
/// a task. Either once; then InvalidStateError. Dropped without having been run, it is reported: "was never
/// awaited" (category coroscope.runtime, and its error on the timeline). While it is awaited it must live.
template<class T>
class [[nodiscard]] Deferred
{
public:
    using value_type = T;

    explicit Deferred(std::unique_ptr<detail::DeferredCall<T>> call)
        : m_call(std::move(call))
    { }

    TaskId id() const noexcept { return m_call->id(); }
    bool wasUsed() const noexcept { return m_call->wasUsed(); }

    /// What co_await does first: makes the call. The Task must not outlive this object.
    QCoro::Task<T> start() { return m_call->start(); }

    // For spawn().
    TaskId becomeTask()
    {
        m_call->becomeTask();
        return m_call->id();
    }
    QCoro::Task<T> operator()() { return m_call->callAsTask(); }

private:
    std::unique_ptr<detail::DeferredCall<T>> m_call;
};

/// Calls nothing: keeps `function(arguments…)`, which returns a QCoro::Task, for later.
template<class F, class... Args>
auto deferred(F function, Args... arguments)
{
    using T = typename std::invoke_result_t<F, Args...>::value_type;
    return Deferred<T>(
        std::make_unique<detail::DeferredFunction<F, Args...>>(std::move(function), std::move(arguments)...));
}

} // namespace coroscope
