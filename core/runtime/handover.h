// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/errors.h"
#include "core/runtime/objectpromise.h"

#include <coroutine>
#include <utility>

namespace coroscope {

/// A coroutine that hands over to another one by name, as a greenlet does:
///
///     Handover say(QString name, Handover *next)
///     {
///         …
///         co_await next->switchTo();
///         …
///     }
///     Handover a, b;
///     a = say("A", &b);
///     b = say("B", &a);
///     a.run();
///
/// Control goes straight over (symmetric transfer: no loop between them, and the stack doesn't grow). All of
/// it happens inside of run(), on its thread; a hand-over coroutine can't await anything else. The object
/// names the coroutine: it must stand still while others point to it. Its owner destroys the coroutine where
/// it stands.
class [[nodiscard]] Handover
{
public:
    class promise_type;

    Handover() = default;
    Handover(Handover &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    Handover &operator=(Handover &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Handover()
    {
        if (m_handle)
            m_handle.destroy();
    }

    /// Starts the coroutine, or goes on with it where it stands, from outside of all of them. Returns when
    /// one of those that get their turn has ended or hands over to nobody (switchBack()); throws what it
    /// threw.
    void run();

    class Switch;
    /// `co_await other->switchTo()`, in a hand-over coroutine: this one stops here until somebody hands over
    /// to it, and the other goes on. If the other has ended, control goes back to who called run().
    Switch switchTo() noexcept;
    /// `co_await Handover::switchBack()`: to who called run().
    static Switch switchBack() noexcept;

    bool hasStarted() const noexcept;
    bool hasEnded() const noexcept { return m_handle && m_handle.done(); }

private:
    std::coroutine_handle<promise_type> m_handle;
};

class [[nodiscard]] Handover::Switch
{
public:
    explicit Switch(Handover *to) noexcept
        : m_to(to)
    { }

private:
    friend class promise_type;
    Handover *m_to;
};

class Handover::promise_type final : public detail::ObjectPromise<promise_type>
{
public:
    Handover get_return_object(std::source_location where = std::source_location::current()) noexcept
    {
        created(where);
        Handover handover;
        handover.m_handle = handleForOwner();
        return handover;
    }

    class Awaiter
    {
    public:
        Awaiter(promise_type *from, Handover *to, const std::source_location &at) noexcept
            : m_from(from)
            , m_to(to)
            , m_at(at)
        { }
        /// Throws InvalidStateError if the other is below on the stack: it called run() itself.
        bool await_ready() const;
        std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept;
        void await_resume() noexcept;

    private:
        promise_type *m_from;
        Handover *m_to;
        std::source_location m_at;
    };
    Awaiter await_transform(Switch to, std::source_location at = std::source_location::current()) noexcept
    {
        return Awaiter(this, to.m_to, at);
    }

    /// Back to who called run().
    struct End
    {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<promise_type> handle) const noexcept;
        void await_resume() const noexcept { }
    };
    End final_suspend() noexcept { return {}; }
    void return_void() noexcept { }

private:
    friend class Handover;
    /// One run(): where an error goes.
    struct Run
    {
        std::exception_ptr error;
    };
    Run *m_run = nullptr; // while it has its turn
    bool m_hasStarted = false;
};

} // namespace coroscope
