// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/errors.h"
#include "core/runtime/objectpromise.h"

#include <coroutine>
#include <optional>
#include <utility>

namespace coroscope {

/// A generator that may wait between its values, on whatever a QCoro::Task can await. Its consumer does
///
///     for (auto value = co_await numbers.next(); value; value = co_await numbers.next())
///
/// Nothing of it runs before the first next(); control goes over to it and back without the ready queue, and
/// the stack doesn't grow. What it throws reaches who asked; after its end it gives nothing. Cancelling who
/// waits for a value cancels what the generator waits for, so CancelledError is thrown inside of it first.
///
/// One consumer at a time, on the thread on which the generator waits; it must not be destroyed while
/// somebody waits in next(). Its owner destroys the coroutine where it stands; if it waits for an awaiter
/// that isn't ours it runs on, detached, to its next value or its end.
template<class T>
class [[nodiscard]] AsyncGenerator
{
public:
    class promise_type;
    using value_type = T;

    AsyncGenerator() = default;
    AsyncGenerator(AsyncGenerator &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    AsyncGenerator &operator=(AsyncGenerator &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~AsyncGenerator()
    {
        if (m_handle)
            m_handle.promise().dropped();
    }

    class Next;
    /// `co_await generator.next()`: the next value; nothing after the end. Throws InvalidStateError if
    /// somebody waits for a value already.
    Next next() { return Next(m_handle); }

private:
    std::coroutine_handle<promise_type> m_handle;
};

template<class T>
class [[nodiscard]] AsyncGenerator<T>::Next : trace::Waiter
{
public:
    explicit Next(std::coroutine_handle<promise_type> generator)
        : m_generator(generator)
    { }
    Next(const Next &) = delete;
    Next &operator=(const Next &) = delete;
    ~Next()
    {
        if (awaited) // who waits is being destroyed
            awaited->waiters = nullptr;
    }
    trace::WaitNote traceNote() const { return {trace::WaitKind::Task, m_generator.promise().info().id}; }
    bool await_ready() const
    {
        if (!m_generator)
            return true;
        promise_type &promise = m_generator.promise();
        if (promise.isCalled())
            throw InvalidStateError("somebody waits for the generator's next value already");
        return promise.m_value || promise.isFinished();
    }
    template<class P>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<P> waiting) noexcept
    {
        promise_type &promise = m_generator.promise();
        handle = waiting;
        awaited = &promise.info();
        awaited->waiters = this;
        trace::FrameInfo *const consumer = trace::infoOfFrame(waiting.address());
        if (consumer && trace::thisThread.keepsFamilies)
            trace::joinFamily(*awaited, consumer);
        if (promise.m_isWaiting) // for a value that somebody asked for who is gone
            return std::noop_coroutine();
        promise_type::leaveCause(trace::Cause::Call, consumer ? consumer->id : 0);
        return m_generator;
    }
    std::optional<T> await_resume()
    {
        awaited = nullptr;
        if (!m_generator)
            return {};
        m_generator.promise().rethrowError();
        return std::exchange(m_generator.promise().m_value, std::nullopt);
    }

private:
    std::coroutine_handle<promise_type> m_generator;
};

template<class T>
class AsyncGenerator<T>::promise_type final : public detail::ObjectPromise<promise_type>
{
    using Base = detail::ObjectPromise<promise_type>;
    using Handle = std::coroutine_handle<promise_type>;

public:
    AsyncGenerator get_return_object(std::source_location where = std::source_location::current()) noexcept
    {
        this->created(where);
        AsyncGenerator generator;
        generator.m_handle = this->handleForOwner();
        return generator;
    }
    auto initial_suspend() noexcept
    {
        struct FirstCall : Base::FirstCall
        {
            void await_resume() const noexcept
            {
                static_cast<promise_type *>(this->promise)->m_isWaiting = true;
                Base::FirstCall::await_resume();
            }
        };
        return FirstCall {{this}};
    }

    /// Ends the slice and goes over to who waits for the value.
    struct Yield
    {
        promise_type *promise;
        std::source_location at;
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(Handle) const noexcept
        {
            trace::endSlice(promise->info(), trace::WaitKind::Call, 0, trace::bitsOf(at));
            promise->m_isWaiting = false;
            return promise->giveBack();
        }
        void await_resume() const noexcept
        {
            promise->m_isWaiting = true;
            promise->noteCaller();
            trace::resumeSlice(promise->info());
        }
    };
    template<class U = T>
    Yield yield_value(U &&value, std::source_location at = std::source_location::current())
    {
        m_value.emplace(std::forward<U>(value));
        return {this, at};
    }

    struct End
    {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(Handle handle) const noexcept
        {
            promise_type &promise = handle.promise();
            promise.m_isWaiting = false;
            // Who waits is left out of this: giveBack() resumes it.
            promise.finished();
            return promise.giveBack();
        }
        void await_resume() const noexcept { }
    };
    End final_suspend() noexcept { return {}; }
    void return_void() noexcept { }

    template<class U>
    auto await_transform(QCoro::Task<U> &&task, std::source_location at = std::source_location::current())
    {
        return trace::ChildAwaiter<U, QCoro::Task<U>>(std::move(task), this->info(), at);
    }
    template<class U>
    auto await_transform(QCoro::Task<U> &task, std::source_location at = std::source_location::current())
    {
        return trace::ChildAwaiter<U, QCoro::Task<U> &>(task, this->info(), at);
    }
    template<class A>
        requires trace::StartsTask<std::remove_cvref_t<A>>
    auto await_transform(A &&source, std::source_location at = std::source_location::current())
    {
        using U = typename std::remove_cvref_t<A>::value_type;
        return trace::ChildAwaiter<U, QCoro::Task<U>>(source.start(), this->info(), at);
    }
    template<class A>
    auto await_transform(A &&awaitable, std::source_location at = std::source_location::current())
    {
        using Held = decltype(m_qcoro.await_transform(std::forward<A>(awaitable)));
        return trace::TracedAwaiter<Held, A>(m_qcoro.await_transform(std::forward<A>(awaitable)), awaitable,
                                             this->info(), at);
    }

private:
    friend class AsyncGenerator;
    friend class Next;

    bool isCalled() noexcept { return this->info().waiters; }

    std::coroutine_handle<> giveBack() noexcept
    {
        if (m_isDropped) {
            this->self().destroy();
            return std::noop_coroutine();
        }
        trace::Waiter *const waiting = std::exchange(this->info().waiters, nullptr);
        if (!waiting)
            return std::noop_coroutine();
        waiting->awaited = nullptr;
        Base::leaveCause(trace::Cause::Task, this->info().id);
        return waiting->handle;
    }
    void dropped() noexcept
    {
        if (m_isWaiting
            && (this->info().activity == trace::Activity::Running || trace::hasForeignLeaf(this->info())))
            m_isDropped = true;
        else
            this->self().destroy();
    }

    std::optional<T> m_value;
    bool m_isWaiting = false; // it was called and has not given a value yet
    bool m_isDropped = false;
    [[no_unique_address]] QCoro::detail::TaskPromiseBase m_qcoro; // knows how Qt's classes are awaited
};

} // namespace coroscope
