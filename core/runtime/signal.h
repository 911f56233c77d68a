// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/trace/subject.h"

#include <QMetaMethod>
#include <QObject>

#include <optional>
#include <tuple>
#include <type_traits>

namespace coroscope {

namespace detail {

template<class Signal>
struct SignalTraits;
template<class Sender, class... Args>
struct SignalTraits<void (Sender::*)(Args...)>
{
    using Arguments = std::tuple<std::decay_t<Args>...>;
    /// What an await gives: nothing, the one argument, or all of them.
    template<class... A>
    struct ResultOf
    {
        using type = std::tuple<A...>;
    };
    template<class A>
    struct ResultOf<A>
    {
        using type = A;
    };
    using Result = std::conditional_t<sizeof...(Args) == 0, std::tuple<>,
                                      typename ResultOf<std::decay_t<Args>...>::type>;
};

} // namespace detail

/// `co_await signalOf(object, &Class::signal)`: the next emission's argument (several: a tuple; none: an
/// empty tuple). The sender lives on the loop's thread. The task goes on at its turn, not inside of the
/// emission. If the sender is destroyed meanwhile: SenderDestroyed.
template<class Sender, class Signal>
class [[nodiscard]] SignalAwaiter final : public Leaf
{
    using Traits = detail::SignalTraits<Signal>;

public:
    SignalAwaiter(Sender *sender, Signal signal)
        : m_sender(sender)
        , m_signal(signal)
    { }
    ~SignalAwaiter() { stopWaiting(); }

    trace::WaitNote traceNote() const
    {
        if (!trace::isRecording())
            return {trace::WaitKind::Signal, 0};
        return {trace::WaitKind::Signal,
                trace::signalLabel(m_sender, QMetaMethod::fromSignal(m_signal)).value};
    }
    bool await_ready() const
    {
        if (!m_sender)
            throw SenderDestroyed();
        return false;
    }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (!enter(waiting))
            return;
        m_emission = QObject::connect(m_sender, m_signal, [this]<class... A>(A &&...arguments) {
            m_arguments.emplace(std::forward<A>(arguments)...);
            stopWaiting();
            wake(trace::Cause::Signal);
        });
        m_destruction = QObject::connect(m_sender, &QObject::destroyed, [this] {
            stopWaiting();
            wake(trace::Cause::Signal);
        });
    }
    typename Traits::Result await_resume()
    {
        leave();
        if (!m_arguments)
            throw SenderDestroyed();
        if constexpr (std::tuple_size_v<typename Traits::Arguments> == 1)
            return std::get<0>(std::move(*m_arguments));
        else
            return std::move(*m_arguments);
    }

private:
    void stopWaiting() noexcept override
    {
        QObject::disconnect(m_emission);
        QObject::disconnect(m_destruction);
    }

    QPointer<Sender> m_sender;
    Signal m_signal;
    std::optional<typename Traits::Arguments> m_arguments;
    QMetaObject::Connection m_emission;
    QMetaObject::Connection m_destruction;
};

template<class Sender, class Signal>
SignalAwaiter<Sender, Signal> signalOf(Sender *sender, Signal signal)
{
    return SignalAwaiter<Sender, Signal>(sender, signal);
}

} // namespace coroscope
