// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

namespace coroscope::detail {

/// What copies of a handle share, on one thread.
class SharedState
{
public:
    SharedState() = default;
    SharedState(const SharedState &) = delete;
    SharedState &operator=(const SharedState &) = delete;
    void ref() noexcept { ++m_references; }
    void unref() noexcept
    {
        if (--m_references == 0)
            delete this;
    }

protected:
    virtual ~SharedState() = default;

private:
    int m_references = 0;
};

template<class T>
class Shared
{
public:
    Shared() = default;
    explicit Shared(T *state) noexcept
        : m_state(state)
    {
        if (m_state)
            m_state->ref();
    }
    Shared(const Shared &other) noexcept
        : Shared(other.m_state)
    { }
    Shared(Shared &&other) noexcept
        : m_state(std::exchange(other.m_state, nullptr))
    { }
    Shared &operator=(Shared other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~Shared()
    {
        if (m_state)
            m_state->unref();
    }
    T *operator->() const noexcept { return m_state; }
    T &operator*() const noexcept { return *m_state; }
    T *get() const noexcept { return m_state; }
    explicit operator bool() const noexcept { return m_state; }
    friend bool operator==(const Shared &a, const Shared &b) noexcept { return a.m_state == b.m_state; }

private:
    T *m_state = nullptr;
};

} // namespace coroscope::detail
