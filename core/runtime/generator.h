// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/errors.h"
#include "core/runtime/objectpromise.h"

#include <coroutine>
#include <iterator>
#include <optional>
#include <utility>

namespace coroscope {

template<class T>
class Generator;

/// `co_yield elementsOf(generator)`: all that the other generator gives. However deep generators are nested
/// that way, a value costs one resumption and the stack doesn't grow (as cppcoro's recursive_generator).
template<class T>
struct ElementsOf
{
    Generator<T> generator;
};
template<class T>
ElementsOf<T> elementsOf(Generator<T> generator)
{
    return {std::move(generator)};
}

/// A coroutine that gives values with co_yield when it is asked, and runs only then, inside of who asks: it
/// can't await. As Python's generator: nothing of it runs before the first next(), what it throws reaches who
/// asked, and after its end it gives nothing. On the timeline it is a coroutine whose slices are nested in
/// those of its callers.
///
/// Its owner destroys the coroutine where it stands. Any thread may ask, one at a time.
template<class T>
class [[nodiscard]] Generator
{
public:
    class promise_type;
    using value_type = T;

    Generator() = default;
    Generator(Generator &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    Generator &operator=(Generator &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Generator();

    /// The next value; nothing after the end. Throws InvalidStateError if the generator is running, as when
    /// it asks itself.
    std::optional<T> next()
    {
        if (!advance())
            return {};
        return std::exchange(m_handle.promise().m_value, std::nullopt);
    }

    class Iterator
    {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        Iterator() = default;
        explicit Iterator(Generator &generator)
            : m_generator(&generator)
        { }
        T &operator*() const noexcept { return *m_generator->m_handle.promise().m_value; }
        T *operator->() const noexcept { return &**this; }
        Iterator &operator++()
        {
            m_generator->advance();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator &it, std::default_sentinel_t) noexcept
        {
            return !it.m_generator->hasValue();
        }

    private:
        Generator *m_generator = nullptr;
    };
    /// Asks for the first value.
    Iterator begin()
    {
        advance();
        return Iterator(*this);
    }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    bool hasValue() const noexcept { return m_handle && m_handle.promise().m_value.has_value(); }
    bool advance();

    std::coroutine_handle<promise_type> m_handle;
};

template<class T>
class Generator<T>::promise_type final : public detail::ObjectPromise<promise_type>
{
    using Base = detail::ObjectPromise<promise_type>;
    using Handle = std::coroutine_handle<promise_type>;

public:
    Generator get_return_object(std::source_location where = std::source_location::current()) noexcept
    {
        this->created(where);
        m_root = m_innermost = this;
        Generator generator;
        generator.m_handle = this->handleForOwner();
        return generator;
    }

    /// Ends the slice; control goes back to who asked.
    struct Yield
    {
        promise_type *promise;
        std::source_location at;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept
        {
            trace::endSlice(promise->info(), trace::WaitKind::Call, 0, trace::bitsOf(at));
        }
        void await_resume() const noexcept
        {
            promise->noteCaller();
            trace::resumeSlice(promise->info());
        }
    };
    template<class U = T>
    Yield yield_value(U &&value, std::source_location at = std::source_location::current())
    {
        m_root->m_value.emplace(std::forward<U>(value));
        return {this, at};
    }

    /// Puts the other generator in this one's place until it ends.
    class Nest
    {
    public:
        Nest(promise_type &outer, Generator inner, const std::source_location &at)
            : m_outer(&outer)
            , m_inner(std::move(inner))
            , m_at(at)
        { }
        bool await_ready() const noexcept { return !m_inner.m_handle || m_inner.m_handle.done(); }
        Handle await_suspend(Handle) noexcept
        {
            promise_type &inner = m_inner.m_handle.promise();
            const std::uint32_t id = m_outer->info().id;
            trace::endSlice(m_outer->info(), trace::WaitKind::Task, inner.info().id, trace::bitsOf(m_at));
            m_suspended = true;
            // It may have given values before.
            promise_type *const innermost = std::exchange(inner.m_innermost, &inner);
            for (promise_type *p = innermost; p; p = p->m_outer)
                p->m_root = m_outer->m_root;
            inner.m_outer = m_outer;
            inner.m_owner = &m_inner;
            m_outer->m_root->m_innermost = innermost;
            Base::leaveCause(trace::Cause::Call, id);
            return innermost->self();
        }
        void await_resume()
        {
            if (!m_suspended)
                return;
            m_outer->noteCaller();
            trace::resumeSlice(m_outer->info());
            m_inner.m_handle.promise().rethrowError();
        }

    private:
        promise_type *m_outer;
        Generator m_inner;
        std::source_location m_at;
        bool m_suspended = false;
    };
    Nest yield_value(ElementsOf<T> elements, std::source_location at = std::source_location::current())
    {
        return Nest(*this, std::move(elements.generator), at);
    }

    /// To the generator around this one, or back to who asked.
    struct End
    {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(Handle handle) const noexcept
        {
            promise_type &promise = handle.promise();
            promise.finished();
            if (!promise.m_outer)
                return std::noop_coroutine();
            promise.m_root->m_innermost = promise.m_outer;
            Base::leaveCause(trace::Cause::Task, promise.info().id);
            return promise.m_outer->self();
        }
        void await_resume() const noexcept { }
    };
    End final_suspend() noexcept { return {}; }
    void return_void() noexcept { }
    template<class U>
    void await_transform(U &&) = delete; // a generator can't wait: see AsyncGenerator

private:
    friend class Generator;

    std::optional<T> m_value; // of the outermost
    promise_type *m_root = nullptr; // the outermost
    promise_type *m_innermost = nullptr; // of the outermost: who goes on next
    promise_type *m_outer = nullptr;
    Generator *m_owner = nullptr; // of a nested one
    bool m_isRunning = false;
};

template<class T>
bool Generator<T>::advance()
{
    if (!m_handle)
        return false;
    promise_type &promise = m_handle.promise();
    if (promise.m_isRunning)
        throw InvalidStateError("the generator is running already");
    promise.m_value.reset();
    if (m_handle.done())
        return false;
    promise.m_isRunning = true;
    promise_type::leaveCause(trace::Cause::Call, promise_type::caller());
    promise.m_innermost->self().resume();
    promise.m_isRunning = false;
    promise.rethrowError();
    return promise.m_value.has_value();
}

template<class T>
Generator<T>::~Generator()
{
    if (!m_handle)
        return;
    // The innermost first, one by one: a frame that destroyed the one nested in it would recurse.
    promise_type *const root = &m_handle.promise();
    for (promise_type *p = root->m_innermost; p != root;) {
        promise_type *const outer = p->m_outer;
        std::exchange(p->m_owner->m_handle, nullptr).destroy();
        p = outer;
    }
    m_handle.destroy();
}

} // namespace coroscope
