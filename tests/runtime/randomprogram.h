// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

/// Small programs of tasks, as data: run once by coroutines, once by a plain state machine.
namespace coroscope::test {

enum class Kind {
    Sleep, ///< a: milliseconds
    Yield,
    AwaitTask, ///< a: task
    AwaitFuture, ///< a: future
    SetFuture, ///< a: future
    FailFuture, ///< a: future
    CancelFuture, ///< a: future
    CancelTask, ///< a: task
    Spawn, ///< a: task
    Throw,
    ThrowCancelled,
    Wait, ///< members, until, timeout
    Call, ///< a coroutine called and awaited: body
    CallDeferred, ///< the same, as a deferred call: body
    AwaitEvent, ///< a: event
    SetEvent, ///< a: event
    ClearEvent, ///< a: event
    WithLock, ///< a: lock; holds it during body
    WithSemaphore, ///< a: semaphore; holds a permit during body
    Put, ///< a: queue
    Get, ///< a: queue
    WithTimeout, ///< a: milliseconds; body
    Shield, ///< body as a task, awaited but not cancelled
    Group, ///< children as tasks of a group, body as its body
    Gather, ///< children as tasks; a: 1 to collect errors
    Generate, ///< body as an async generator that gives a value after each step
    Count, ///< a: values of a generator
};

enum class OnError { Pass, Swallow, CleanUp /**< which awaits, then passes on */ };
enum class Until { All, First, FirstFailed };

struct Op;
struct Body
{
    std::vector<Op> ops;
};
struct Op
{
    Kind kind {};
    OnError onError = OnError::Pass;
    int number = 0; ///< in its task, to tell it in a log
    int a = 0;
    std::vector<int> members;
    Until until = Until::All;
    int timeout = -1; ///< milliseconds; less than 0: none
    std::shared_ptr<Body> body;
    std::vector<Body> children;
};

struct Program
{
    std::vector<Body> tasks;
    int futures = 0;
    int events = 0;
    int locks = 0;
    std::vector<int> semaphores; ///< their permits
    std::vector<int> queues; ///< their capacities
    int spawnedAtStart = 0; ///< the first so many tasks, in order
    QString inWords() const;
};

Program randomProgram(unsigned seed);

enum class Result { Ok, Failed, Cancelled };

// How events of a run are written down; both runs use these.
QString startLine(int task, int time);
QString opLine(int task, int op, int time, Result result, const QString &detail = {});
/// What a step puts into a queue.
inline int valueOf(int task, int op) { return 100 * task + op; }
QString cleanLine(int task, int op, int time);
QString endLine(int task, int time, Result result);

/// What a run of the program must log, found without any coroutine.
QStringList predictedLog(const Program &program);

} // namespace coroscope::test
