// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/instrument.h"

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace coroscope {

/// What withAsync() enters and leaves, the counterpart of __aenter__ and __aexit__: `enter()` returns a
/// QCoro::Task with what the body gets; `exit(std::exception_ptr)`, a QCoro::Task<void>, is told what came
/// out of the body, null if nothing did.
template<class R>
concept AsyncResource = requires(R &resource, std::exception_ptr error) {
    typename decltype(resource.enter())::value_type;
    { resource.exit(error) } -> std::same_as<QCoro::Task<void>>;
};

namespace detail {

template<class Entered, class F>
struct BodyResult : std::invoke_result<F &, Entered>
{ };
template<class F>
struct BodyResult<void, F> : std::invoke_result<F &>
{ };
template<class R, class F>
using BodyTask = typename BodyResult<typename decltype(std::declval<R &>().enter())::value_type, F>::type;

/// The body's Task, once the resource is entered.
template<class R, class F>
QCoro::Task<typename BodyTask<R, F>::value_type> enterAndRun(R *resource, F *body, bool *entered)
{
    if constexpr (std::is_void_v<typename decltype(resource->enter())::value_type>) {
        co_await resource->enter();
        *entered = true;
        co_return co_await (*body)();
    } else {
        auto value = co_await resource->enter();
        *entered = true;
        co_return co_await (*body)(std::move(value));
    }
}

} // namespace detail

/// As `async with resource as value: body(value)`: enter() is awaited, then the body, then exit(), also when
/// the body threw or was cancelled; exit() may await although the task is being cancelled (a second cancel()
/// reaches it). Gives what the body gives, or throws what it threw; if exit() throws, that. If enter()
/// throws, neither body nor exit() is called. The resource and the body (what a lambda captured, too) are
/// kept until the end.
template<AsyncResource R, class F>
QCoro::Task<typename detail::BodyTask<R, F>::value_type> withAsync(R resource, F body)
{
    using T = typename detail::BodyTask<R, F>::value_type;
    struct Nothing
    { };
    std::optional<std::conditional_t<std::is_void_v<T>, Nothing, T>> result;
    std::exception_ptr error;
    bool entered = false;
    try {
        if constexpr (std::is_void_v<T>)
            co_await detail::enterAndRun<R, F>(&resource, &body, &entered);
        else
            result.emplace(co_await detail::enterAndRun<R, F>(&resource, &body, &entered));
    } catch (...) {
        error = std::current_exception();
    }
    if (entered)
        co_await resource.exit(error);
    if (error)
        std::rethrow_exception(error);
    if constexpr (!std::is_void_v<T>)
        co_return std::move(*result);
}

} // namespace coroscope
