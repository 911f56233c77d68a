// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/loop.h"
#include "core/trace/instrument.h"

#include <QByteArray>
#include <QString>

#include <exception>
#include <functional>
#include <optional>
#include <type_traits>

namespace coroscope {

class CancelScope;
class TaskStateBase;

/// Told once when a task has ended, from inside of its last slice: it should only schedule.
class TaskWatcher
{
public:
    TaskWatcher() = default;
    TaskWatcher(const TaskWatcher &) = delete;
    TaskWatcher &operator=(const TaskWatcher &) = delete;
    virtual void taskEnded(TaskStateBase &task) noexcept = 0;
    void stopWatching() noexcept;

protected:
    ~TaskWatcher() { stopWatching(); }

private:
    friend class TaskStateBase;
    TaskStateBase *m_task = nullptr;
    TaskWatcher *m_next = nullptr;
    TaskWatcher *m_previous = nullptr;
};

/// What the handles of a spawned task share: it owns the coroutine's frame, from the spawn to the end, and
/// the result after that. Lives on its loop's thread; may outlive the loop.
class TaskStateBase : public trace::FrameOwner, public ReadyNode
{
public:
    TaskId id() const noexcept { return m_id; }
    const QString &name() const noexcept { return m_name; }
    bool isDone() const noexcept { return m_done; }
    bool isCancelled() const noexcept { return m_cancelled; }
    const std::exception_ptr &error() const noexcept { return m_error; }
    /// Somebody was given the error.
    void noteErrorSeen() const noexcept { m_errorSeen = true; }

    bool cancel(TaskId by);
    /// How often cancel() was called before the end.
    int cancelRequests() const noexcept { return m_cancelRequests; }
    void watch(TaskWatcher &watcher) noexcept;
    void onDone(std::function<void()> function);

    void frameFinished() noexcept override;
    bool takeCancellation(const trace::FrameInfo &waiting) noexcept override;
    /// The spawned task that the coroutine belongs to; null if it was only called.
    static TaskStateBase *of(trace::FrameInfo &frame) noexcept;

    void ref() noexcept { ++m_references; }
    void unref() noexcept
    {
        if (--m_references == 0)
            delete this;
    }

protected:
    /// `id`: that of a call that was announced before it was spawned.
    TaskStateBase(Loop &loop, QString name, QByteArray category, TaskId id = {});
    virtual ~TaskStateBase();

    // The coroutine, known to the derived class by its result's type.
    virtual void callFunction() = 0; ///< its Task is kept
    virtual void releaseCall() noexcept = 0; ///< the function and its arguments are no longer needed
    virtual bool hasEndedAtOnce() const = 0;
    virtual void *frame() const = 0;
    virtual void addRunner() = 0; ///< keeps instead a coroutine of ours that awaits the Task
    virtual void takeResult() = 0; ///< or throws what the coroutine threw
    virtual void dropTask(bool destroyFrame) noexcept = 0;

private:
    friend class CancelScope;
    friend class Loop;
    friend class TaskWatcher;
    void start() noexcept;
    void settle() noexcept;
    void complete() noexcept;
    void recordEndWithoutFrame() noexcept;
    void announce();
    void destroyFrame() noexcept;
    void cancelFrame() noexcept;
    void deliverCancellations() noexcept;
    void dropCancellations() noexcept;

    Loop *m_loop; // null once it has ended
    TaskId m_id;
    QString m_name;
    QByteArray m_category;
    trace::FrameInfo *m_frame = nullptr; // while suspended and ours
    std::exception_ptr m_error;
    TaskWatcher *m_watchers = nullptr;
    CancelScope *m_scopes = nullptr; // those inside of it that were asked to end
    TaskStateBase *m_next = nullptr; // of the loop's tasks
    TaskStateBase *m_previous = nullptr;
    std::uint32_t m_announcedTo = 0; // the recording that knows this task
    int m_references = 1;
    int m_cancelRequests = 0;
    bool m_started = false;
    bool m_done = false;
    bool m_cancelled = false;
    bool m_mustCancel = false;
    mutable bool m_errorSeen = false;
};

template<class T>
class TaskState : public TaskStateBase
{
public:
    /// Throws what the task threw, CancelledError if it was cancelled, InvalidStateError before its end.
    const auto &value() const
    {
        rethrowError();
        return *m_value;
    }

protected:
    using TaskStateBase::TaskStateBase;

    void rethrowError() const;
    bool hasEndedAtOnce() const final { return m_task->isReady(); }
    void *frame() const final { return trace::frameOf(*m_task); }
    void addRunner() final { m_task = awaitTask(std::move(*m_task)); }
    void takeResult() final
    {
        if constexpr (std::is_void_v<T>) {
            trace::OpenAwaiter<T>(*m_task).await_resume();
            m_value.emplace();
        } else {
            m_value.emplace(trace::OpenAwaiter<T>(*m_task).await_resume());
        }
    }
    void dropTask(bool destroyFrame) noexcept final
    {
        if (m_task && destroyFrame)
            trace::letTaskDestroyFrame(*m_task);
        m_task.reset();
    }

    std::optional<QCoro::Task<T>> m_task;

private:
    struct Nothing
    { };
    static QCoro::Task<T> awaitTask(QCoro::Task<T> task) { co_return co_await std::move(task); }

    std::optional<std::conditional_t<std::is_void_v<T>, Nothing, T>> m_value;
};

/// Throws InvalidStateError for a task that hasn't ended.
[[noreturn]] void throwNotEnded(const QString &name);

template<class T>
void TaskState<T>::rethrowError() const
{
    if (!isDone())
        throwNotEnded(name());
    if (error()) {
        noteErrorSeen();
        std::rethrow_exception(error());
    }
}

} // namespace coroscope
