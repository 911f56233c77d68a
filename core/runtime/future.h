// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/fromtext.h"
#include "core/runtime/leaf.h"
#include "core/trace/note.h"

#include <QString>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace coroscope {

enum class ByHand { No, Yes };

struct FutureOptions
{
    QString name; ///< empty: "future N"
    ByHand settable = ByHand::No; ///< shown as to be set by a person; without one it waits for nobody
};

class FutureStateBase;

namespace detail {

/// What other threads hold of a future that they may set.
class FutureLink : public std::enable_shared_from_this<FutureLink>
{
public:
    FutureLink(std::shared_ptr<LoopInbox> inbox, FutureStateBase *future)
        : m_inbox(std::move(inbox))
        , m_future(future)
    { }
    /// Calls `function` with the future, on its thread, soon; not if it is gone by then. False if its loop
    /// is.
    bool post(std::function<void(FutureStateBase &)> function);
    /// Only on the future's thread.
    void futureIsGone() noexcept { m_future = nullptr; }

private:
    std::shared_ptr<LoopInbox> m_inbox;
    FutureStateBase *m_future;
};

/// Lives as long as any setter.
struct SetterToken
{
    explicit SetterToken(std::shared_ptr<FutureLink> to)
        : link(std::move(to))
    { }
    SetterToken(const SetterToken &) = delete;
    SetterToken &operator=(const SetterToken &) = delete;
    ~SetterToken();
    std::shared_ptr<FutureLink> link;
};

} // namespace detail

/// The part of a future's shared state that doesn't depend on its type. Loop's thread only.
class FutureStateBase
{
public:
    FutureId id() const noexcept { return m_id; }
    bool isDone() const noexcept { return m_outcome.has_value(); }
    bool isCancelled() const noexcept { return m_outcome == trace::Outcome::Cancelled; }

    /// Cancels it: who waits gets CancelledError. False if it is done.
    bool cancel();
    /// False if it is done.
    bool setError(std::exception_ptr error);
    enum class SetText { Set, WasDone, Unreadable };
    /// Sets the result from what a person typed.
    virtual SetText setFromText(const QString &text) = 0;

    std::shared_ptr<detail::SetterToken> setter();
    /// The last setter on another thread has gone.
    void settersAreGone() noexcept;

    ReadyQueue &waiters() noexcept { return m_waiters; }
    void leaveLoop() noexcept { m_loop = nullptr; }
    void ref() noexcept { ++m_references; }
    void unref() noexcept
    {
        if (--m_references == 0)
            delete this;
        else if (m_references == m_waitersReferences)
            noteDropped();
    }
    /// A waiter's share: it keeps the result alive, but can't set it.
    void refByWaiter() noexcept
    {
        ++m_references;
        ++m_waitersReferences;
    }
    void unrefByWaiter() noexcept
    {
        --m_waitersReferences;
        unref();
    }

protected:
    FutureStateBase(FutureOptions options, QString (*type)());
    virtual ~FutureStateBase();
    void resolve(trace::Outcome outcome, const QString &text);
    void rethrowError() const;

private:
    void noteDropped() noexcept;

    std::shared_ptr<detail::FutureLink> m_link; // once there was a setter
    std::weak_ptr<detail::SetterToken> m_setters;
    FutureId m_id;
    Loop *m_loop;
    ReadyQueue m_waiters;
    std::exception_ptr m_error;
    std::optional<trace::Outcome> m_outcome;
    int m_references = 1;
    int m_waitersReferences = 0;
    bool m_settable;
    bool m_dropped = false;
};

template<class T>
class FutureState final : public FutureStateBase
{
    struct Nothing
    { };

public:
    using Value = std::conditional_t<std::is_void_v<T>, Nothing, T>;

    explicit FutureState(FutureOptions options)
        : FutureStateBase(std::move(options), &typeInWords<T>)
    { }
    void set(Value value)
    {
        if (isDone())
            throw InvalidStateError("the future's result is set already");
        m_value.emplace(std::move(value));
        if constexpr (!std::is_void_v<T>) {
            if (trace::isRecording())
                trace::recordValue(id().value, trace::TextKind::FutureResult, *m_value);
        }
        resolve(trace::Outcome::Done, {});
    }
    SetText setFromText(const QString &text) override
    {
        if (isDone())
            return SetText::WasDone;
        if constexpr (std::is_void_v<T>) {
            set({});
        } else {
            std::optional<T> value = valueFromText<T>(text);
            if (!value)
                return SetText::Unreadable;
            set(std::move(*value));
        }
        return SetText::Set;
    }
    T result() const
    {
        if (!isDone())
            throw InvalidStateError("the future has no result yet");
        rethrowError();
        if constexpr (!std::is_void_v<T>)
            return *m_value;
    }

private:
    std::optional<Value> m_value;
};

/// Sets a future from any thread: made by Future::setter(). Copies do the same. The future gets it on its
/// loop's thread, in the order in which one thread set; if it is done by then, nothing happens. Keeps neither
/// future nor loop alive: false if the loop is gone.
template<class T>
class FutureSetter
{
public:
    explicit FutureSetter(std::shared_ptr<detail::SetterToken> token)
        : m_token(std::move(token))
    { }
    template<class U = T>
        requires(!std::is_void_v<T>)
    bool set(U &&value) const
    {
        if constexpr (std::is_copy_constructible_v<T>)
            return m_token->link->post([value = T(std::forward<U>(value))](FutureStateBase &future) {
                if (!future.isDone())
                    static_cast<FutureState<T> &>(future).set(value);
            });
        else
            return m_token->link->post(
                [value = std::make_shared<T>(std::forward<U>(value))](FutureStateBase &future) {
                    if (!future.isDone())
                        static_cast<FutureState<T> &>(future).set(std::move(*value));
                });
    }
    bool set() const
        requires(std::is_void_v<T>)
    {
        return m_token->link->post([](FutureStateBase &future) {
            if (!future.isDone())
                static_cast<FutureState<T> &>(future).set({});
        });
    }
    bool setException(std::exception_ptr error) const
    {
        return m_token->link->post(
            [error = std::move(error)](FutureStateBase &future) { future.setError(error); });
    }
    bool cancel() const
    {
        return m_token->link->post([](FutureStateBase &future) { future.cancel(); });
    }

private:
    std::shared_ptr<detail::SetterToken> m_token;
};

/// A result that somebody sets once, later. Copies share it; any number of tasks may wait:
/// `co_await future` gives a copy of the result, or throws the exception that was set (CancelledError if the
/// future was cancelled). Setting it only schedules who waits, in the order in which they came. Use it on its
/// loop's thread; other threads use a setter(). A future whose every handle and setter is gone but for those
/// of its waiters waits for nobody.
template<class T>
class Future
{
public:
    using value_type = T;

    explicit Future(FutureOptions options = {})
        : m_state(new FutureState<T>(std::move(options)))
    { }
    Future(const Future &other) noexcept
        : m_state(other.m_state)
    {
        m_state->ref();
    }
    Future &operator=(const Future &other) noexcept
    {
        other.m_state->ref();
        std::exchange(m_state, other.m_state)->unref();
        return *this;
    }
    ~Future() { m_state->unref(); }

    FutureId id() const noexcept { return m_state->id(); }
    bool isDone() const noexcept { return m_state->isDone(); }
    bool isCancelled() const noexcept { return m_state->isCancelled(); }

    /// Throws InvalidStateError if it is done already.
    template<class U = T>
        requires(!std::is_void_v<T>)
    void set(U &&value) const
    {
        m_state->set(T(std::forward<U>(value)));
    }
    void set() const
        requires(std::is_void_v<T>)
    {
        m_state->set({});
    }
    void setException(std::exception_ptr error) const
    {
        if (!m_state->setError(std::move(error)))
            throw InvalidStateError("the future's result is set already");
    }
    template<class E>
        requires std::derived_from<E, std::exception>
    void setException(const E &error) const
    {
        setException(std::make_exception_ptr(error));
    }
    bool cancel() const { return m_state->cancel(); }
    /// For other threads. Needs a Loop on this one, else std::logic_error.
    FutureSetter<T> setter() const { return FutureSetter<T>(m_state->setter()); }
    /// As co_await, if it is done; else InvalidStateError.
    T result() const { return m_state->result(); }

    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        explicit Awaiter(const Future &future)
            : m_state(future.m_state)
        {
            m_state->refByWaiter();
        }
        ~Awaiter()
        {
            unlink();
            m_state->unrefByWaiter();
        }
        trace::WaitNote traceNote() const { return {trace::WaitKind::Future, m_state->id().value}; }
        bool await_ready() const noexcept { return m_state->isDone(); }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            if (enter(waiting))
                waitIn(m_state->waiters());
        }
        T await_resume()
        {
            leave();
            return m_state->result();
        }

    private:
        FutureState<T> *m_state;
    };
    Awaiter operator co_await() const { return Awaiter(*this); }

private:
    FutureState<T> *m_state;
};

} // namespace coroscope
