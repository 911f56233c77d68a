// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"
#include "core/trace/threadstate.h"

#include <QCoroTask>
#include <QMetaMethod>
#include <QString>

#include <concepts>
#include <coroutine>
#include <memory>
#include <type_traits>
#include <typeinfo>

QT_BEGIN_NAMESPACE
class QIODevice;
class QObject;
class QTimer;
class QUrl;
template<class T>
class QFuture;
QT_END_NAMESPACE

/// What a wait is for: an awaiter of ours says so itself; for one of QCoro's it is read from what the program
/// gave to co_await, in the moment of the suspension. Of an awaiter that nothing is known of, the type is
/// told. Nothing is looked at while nobody records.
///
/// The types of Qt modules that tracing doesn't link (replies, sockets) are known by their members: they are
/// complete wherever they can be awaited.
namespace coroscope::trace {

/// On what an awaiter of ours makes a task wait; it says so through `WaitNote traceNote() const`.
struct WaitNote
{
    WaitKind kind = WaitKind::Foreign;
    std::uint64_t detail = 0; ///< by kind: core/trace/event.h
};

template<class Awaiter>
concept Annotated = requires(const Awaiter &awaiter) {
    { awaiter.traceNote() } -> std::same_as<WaitNote>;
};

// --- labels; none while nobody records --------------------------------------------------------------------

/// Without what may be secret: no login, no query.
StringId urlLabel(const QUrl &url);
/// "QTimer timeout", "QProcess “make” readyRead": `name` stands for the sender's own if it has none.
StringId signalLabel(const QObject *sender, const QMetaMethod &signal, const QString &name = {});
StringId readyReadLabel(const QObject *device, const QString &name);
StringId socketLabel(const QString &peer);
/// "QFuture<int>", from a mangled name.
StringId typeLabel(const char *mangled);

// --- what can be told apart -------------------------------------------------------------------------------

/// QCoro has an awaiter for it, by which alone it can be awaited.
template<class Awaitable>
concept AwaitedByQCoro = requires { typename QCoro::detail::awaiter_type_t<std::remove_cvref_t<Awaitable>>; };

template<class Awaitable>
using AwaitedObject = std::remove_cv_t<std::remove_pointer_t<std::remove_cvref_t<Awaitable>>>;

template<class T>
concept Complete = requires { sizeof(T); };
template<class T>
concept TimerObject = Complete<T> && std::is_base_of_v<QTimer, T>;
template<class T>
concept DeviceObject = Complete<T> && std::is_base_of_v<QIODevice, T>;
template<class T>
concept ReplyObject = DeviceObject<T> && requires(const T &reply) {
    { reply.url() } -> std::same_as<QUrl>;
};
template<class T>
concept HostSocketObject = DeviceObject<T> && requires(const T &socket) {
    { socket.peerName() } -> std::same_as<QString>;
    { socket.peerAddress().toString() } -> std::same_as<QString>;
    { socket.peerPort() } -> std::integral;
};
template<class T>
concept LocalSocketObject = DeviceObject<T> && requires(const T &socket) {
    { socket.fullServerName() } -> std::same_as<QString>;
};

template<class T>
inline constexpr bool isQFuture = false;
template<class T>
inline constexpr bool isQFuture<QFuture<T>> = true;

template<class Awaitable>
concept KnownObject = AwaitedByQCoro<Awaitable>
                      && (TimerObject<AwaitedObject<Awaitable>> || DeviceObject<AwaitedObject<Awaitable>>);
template<class Awaitable>
concept KnownFuture = AwaitedByQCoro<Awaitable> && isQFuture<std::remove_cvref_t<Awaitable>>;
/// QCoro::detail::QCoroSignal.
template<class Awaiter>
concept KnownSignal = requires(Awaiter &awaiter, std::coroutine_handle<> handle) {
    typename Awaiter::result_type;
    awaiter.handleTimeout(handle);
    { awaiter.await_resume() } -> std::same_as<typename Awaiter::result_type>;
};

// --- subjects ---------------------------------------------------------------------------------------------

/// `Awaitable` is what was given to co_await, as a forwarding reference's type; `Awaiter` what waits for it.
/// `cause` is that of a resumption whose waker left none.
template<class Awaitable, class Awaiter>
struct Subject
{
    static constexpr bool isOurs = false;
    static constexpr Cause cause = Cause::Foreign;

    explicit Subject(const std::remove_reference_t<Awaitable> &) noexcept { }

    WaitNote note(const Awaiter &) const noexcept
    {
        using Told = std::conditional_t<AwaitedByQCoro<Awaitable>, std::remove_cvref_t<Awaitable>, Awaiter>;
        return {WaitKind::Foreign, reinterpret_cast<std::uint64_t>(typeid(Told).name())};
    }
};

template<class Awaitable, Annotated Awaiter>
struct Subject<Awaitable, Awaiter>
{
    static constexpr bool isOurs = true;
    static constexpr Cause cause = Cause::Foreign;

    explicit Subject(const std::remove_reference_t<Awaitable> &) noexcept { }

    WaitNote note(const Awaiter &awaiter) const { return awaiter.traceNote(); }
};

template<KnownObject Awaitable, class Awaiter>
    requires(!Annotated<Awaiter>)
struct Subject<Awaitable, Awaiter>
{
private:
    using Object = AwaitedObject<Awaitable>;
    static constexpr bool isTimer = TimerObject<Object>;
    static constexpr bool isReply = ReplyObject<Object>;
    static constexpr bool isSocket = HostSocketObject<Object> || LocalSocketObject<Object>;
    static constexpr WaitKind kind = isTimer    ? WaitKind::Sleep
                                     : isReply  ? WaitKind::Reply
                                     : isSocket ? WaitKind::Socket
                                                : WaitKind::Signal;

public:
    static constexpr bool isOurs = false;
    static constexpr Cause cause = isTimer    ? Cause::Timer
                                   : isReply  ? Cause::Reply
                                   : isSocket ? Cause::Socket
                                              : Cause::Signal;

    explicit Subject(const std::remove_reference_t<Awaitable> &awaited) noexcept
    {
        if constexpr (std::is_pointer_v<std::remove_cvref_t<Awaitable>>)
            m_object = awaited;
        else
            m_object = std::addressof(awaited);
    }

    WaitNote note(const Awaiter &) const { return {kind, isRecording() && m_object ? detail(*m_object) : 0}; }

private:
    static std::uint64_t detail(const Object &object)
    {
        if constexpr (isTimer)
            return std::uint64_t(object.interval()) * 1'000'000;
        else if constexpr (isReply)
            return urlLabel(object.url()).value;
        else if constexpr (HostSocketObject<Object>)
            return socketLabel(peerOf(object)).value;
        else if constexpr (LocalSocketObject<Object>)
            return socketLabel(object.serverName()).value;
        else
            return readyReadLabel(&object, nameOf(object)).value;
    }

    static QString peerOf(const Object &socket)
    {
        const QString name = socket.peerName();
        return (name.isEmpty() ? socket.peerAddress().toString() : name) + u':'
               + QString::number(socket.peerPort());
    }

    static QString nameOf(const Object &device)
    {
        if constexpr (requires { QString(device.fileName()); })
            return device.fileName();
        else if constexpr (requires { QString(device.program()); })
            return device.program();
        else
            return {};
    }

    const Object *m_object;
};

template<KnownFuture Awaitable, class Awaiter>
    requires(!Annotated<Awaiter>)
struct Subject<Awaitable, Awaiter>
{
    static constexpr bool isOurs = false;
    static constexpr Cause cause = Cause::Job;

    explicit Subject(const std::remove_reference_t<Awaitable> &) noexcept { }

    WaitNote note(const Awaiter &) const
    {
        return {WaitKind::Job, typeLabel(typeid(std::remove_cvref_t<Awaitable>).name()).value};
    }
};

/// Opens what QCoro keeps protected.
template<class Awaiter>
struct OpenSignal : Awaiter
{
    static StringId label(const Awaiter &awaiter)
    {
        const auto &open = static_cast<const OpenSignal &>(awaiter); // adds nothing to it
        if constexpr (requires { QMetaMethod::fromSignal(open.mFuncPtr); })
            return signalLabel(open.mObj.data(), QMetaMethod::fromSignal(open.mFuncPtr));
        else
            return signalLabel(open.mObj.data(), {});
    }
};

template<class Awaitable, KnownSignal Awaiter>
    requires(!Annotated<Awaiter>)
struct Subject<Awaitable, Awaiter>
{
    static constexpr bool isOurs = false;
    static constexpr Cause cause = Cause::Signal;

    explicit Subject(const std::remove_reference_t<Awaitable> &) noexcept { }

    WaitNote note(const Awaiter &awaiter) const
    {
        return {WaitKind::Signal, isRecording() ? OpenSignal<Awaiter>::label(awaiter).value : 0};
    }
    static Cause causeOf(const typename Awaiter::result_type &arguments)
    {
        return arguments ? Cause::Signal : Cause::Timeout;
    }
};

} // namespace coroscope::trace
