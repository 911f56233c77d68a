// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/event.h"
#include "core/runtime/permit.h"

#include <QCoreApplication>

#include <deque>
#include <limits>
#include <optional>

namespace coroscope {

namespace detail {

struct QueueTr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::Queue)
};

template<class T>
struct QueueState final : SharedState
{
    QueueState(std::size_t room, const QString &name)
        : capacity(room)
        , room(new PermitPool(room, trace::WaitKind::Notifier,
                              name.isEmpty() ? QueueTr::tr("room in a queue")
                                             : QueueTr::tr("room in queue %1").arg(name)))
        , filled(new PermitPool(0, trace::WaitKind::Notifier,
                                name.isEmpty() ? QueueTr::tr("an entry of a queue")
                                               : QueueTr::tr("an entry of queue %1").arg(name)))
    {
        allDone.set();
    }
    void put(T value)
    {
        values.push_back(std::move(value));
        ++unfinished;
        allDone.clear();
        filled->giveBack();
    }
    T take()
    {
        T value = std::move(values.front());
        values.pop_front();
        room->giveBack();
        return value;
    }
    std::size_t capacity;
    std::deque<T> values;
    Shared<PermitPool> room; // a permit for each free place
    Shared<PermitPool> filled; // a permit for each value
    Event allDone;
    std::size_t unfinished = 0;
};

} // namespace detail

/// As asyncio.Queue: values from some tasks to others, first in, first out, at most `capacity` at a time.
/// Copies share it. Loop's thread only.
///
/// Fair: who waits to put and who waits to get go on in the order in which they came. A cancelled put() has
/// put nothing, a cancelled get() has taken nothing, at whatever moment it was.
template<class T>
class Queue
{
    using State = detail::QueueState<T>;

public:
    static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max() / 2;

    explicit Queue(std::size_t capacity = unbounded, const QString &name = {})
        : m_state(new State(capacity, name))
    { }
    std::size_t size() const noexcept { return m_state->values.size(); }
    std::size_t capacity() const noexcept { return m_state->capacity; }
    bool isEmpty() const noexcept { return m_state->values.empty(); }
    bool isFull() const noexcept { return size() >= capacity(); }

    class [[nodiscard]] Put final : public detail::PermitWaiter
    {
    public:
        Put(detail::Shared<State> state, T value)
            : PermitWaiter(state->room)
            , m_state(std::move(state))
            , m_value(std::move(value))
        { }
        void await_resume()
        {
            takePermit();
            m_state->put(std::move(m_value));
        }

    private:
        detail::Shared<State> m_state;
        T m_value;
    };
    /// `co_await queue.put(value)`: goes on as soon as there is room and the value has its place.
    Put put(T value) const { return Put(m_state, std::move(value)); }
    /// False if there is no room, or others wait for it.
    bool tryPut(T value) const
    {
        if (!m_state->room->tryTake())
            return false;
        m_state->put(std::move(value));
        return true;
    }

    class [[nodiscard]] Get final : public detail::PermitWaiter
    {
    public:
        explicit Get(detail::Shared<State> state)
            : PermitWaiter(state->filled)
            , m_state(std::move(state))
        { }
        T await_resume()
        {
            takePermit();
            return m_state->take();
        }

    private:
        detail::Shared<State> m_state;
    };
    /// `co_await queue.get()`: the first value.
    Get get() const { return Get(m_state); }
    /// Nothing if there is none, or others wait for one.
    std::optional<T> tryGet() const
    {
        if (!m_state->filled->tryTake())
            return {};
        return m_state->take();
    }

    /// What was got has been worked off. Throws InvalidStateError if that was said for every value already.
    void taskDone() const
    {
        if (m_state->unfinished == 0)
            throw InvalidStateError("taskDone() was called for more values than were put");
        if (--m_state->unfinished == 0)
            m_state->allDone.set();
    }
    /// `co_await queue.join()`: until taskDone() was called for every value that was put.
    Event::Awaiter join() const { return m_state->allDone.wait(); }

private:
    detail::Shared<State> m_state;
};

} // namespace coroscope
