// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoroTask>

#include <coroutine>
#include <utility>

/// The little that tracing needs of QCoro's insides, for QCoro 0.8 to 0.12.
namespace coroscope::trace {

/// QCoro 0.8 and 0.9 keep a flag a frame (the first of frame and Task to go sets it, the second destroys);
/// later versions count references.
template<class Promise>
concept CountsReferences = requires(Promise &promise) {
    promise.refCoroutine();
    promise.derefCoroutine();
};

template<class T>
using TaskAwaiter = decltype(std::declval<const QCoro::Task<T> &>().operator co_await());

/// Opens the awaiter's handle, which QCoro keeps protected.
template<class T>
struct OpenAwaiter : TaskAwaiter<T>
{
    explicit OpenAwaiter(const QCoro::Task<T> &task)
        : TaskAwaiter<T>(task.operator co_await())
    { }
    auto handle() const { return this->mAwaitedCoroutine; }
};

/// The address of the task's frame; null for an empty task.
template<class T>
void *frameOf(const QCoro::Task<T> &task)
{
    return OpenAwaiter<T>(task).handle().address();
}

/// Gives up the frame's claim on itself, so that the destructor of its Task destroys it although it hasn't
/// ended.
template<class T>
void letTaskDestroyFrame(const QCoro::Task<T> &task)
{
    auto &promise = OpenAwaiter<T>(task).handle().promise();
    if constexpr (CountsReferences<std::remove_reference_t<decltype(promise)>>)
        promise.derefCoroutine();
    else
        promise.setDestroyHandle();
}

/// Gives up a suspended frame's claim on itself: it is destroyed now if its Task is gone, else by its Task.
template<class Promise>
void giveUpFrame(std::coroutine_handle<Promise> handle)
{
    if constexpr (CountsReferences<Promise>) {
        handle.promise().derefCoroutine();
    } else {
        if (handle.promise().setDestroyHandle())
            handle.destroy();
    }
}

} // namespace coroscope::trace
