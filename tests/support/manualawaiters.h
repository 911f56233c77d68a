// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <stdexcept>

/// Awaiters of nobody's library, each with one odd habit.
namespace coroscope::test {

/// Waits until somebody resumes the handle by hand.
struct Manual
{
    std::coroutine_handle<> *slot;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { *slot = handle; }
    void await_resume() const noexcept { }
};

struct AlwaysReady
{
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept { }
    int await_resume() const noexcept { return 5; }
};

/// Declines to suspend.
struct Declines
{
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
    void await_resume() const noexcept { }
};

struct ThrowsOnSuspend
{
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const { throw std::runtime_error("can't wait"); }
    void await_resume() const noexcept { }
};

struct ThrowsOnResume
{
    std::coroutine_handle<> *slot;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { *slot = handle; }
    void await_resume() const { throw std::runtime_error("woken badly"); }
};

/// Resumes inside of await_suspend().
struct ResumesAtOnce
{
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { handle.resume(); }
    void await_resume() const noexcept { }
};

/// Goes over to another coroutine by symmetric transfer.
struct TransfersTo
{
    std::coroutine_handle<> *slot;
    std::coroutine_handle<> next;
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept
    {
        *slot = handle;
        return next;
    }
    void await_resume() const noexcept { }
};

/// Counts the objects alive: a frame that leaks, or is destroyed twice, is seen.
class Guest
{
public:
    Guest() { ++alive; }
    Guest(const Guest &) { ++alive; }
    Guest &operator=(const Guest &) = default;
    ~Guest() { --alive; }
    static inline int alive = 0;
};

} // namespace coroscope::test
