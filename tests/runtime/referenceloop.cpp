// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// The reference: what core/runtime should do, written a second time as a plain state machine over one ready
// list and one list of timers. It knows nothing of coroutines.
#include "tests/runtime/randomprogram.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace coroscope::test {

namespace {

struct Frame
{
    const Body *body;
    std::size_t at = 0;
    std::optional<Result> pending; ///< set while it cleans up: what it will pass on
};

struct Timer
{
    int due;
    std::uint64_t sequence;
    int task;
};

enum class State { Unspawned, Queued, Running, Waiting, Woken, Ended };

struct Task
{
    State state = State::Unspawned;
    std::vector<Frame> frames;
    Result result = Result::Ok;
    bool cancelAtNextWait = false;
    bool cancelled = false; ///< on its way back with a cancellation
    std::vector<int> watchers; ///< tasks that join or wait; one that has it twice in a set stands here twice
    std::vector<int> members; ///< of the set that it waits for
};

struct Future
{
    std::optional<Result> result;
    std::vector<int> waiters;
};

class Machine
{
public:
    explicit Machine(const Program &program)
        : m_program(program)
        , m_tasks(program.tasks.size())
        , m_futures(std::size_t(program.futures))
    { }

    QStringList run()
    {
        for (int i = 0; i < m_program.spawnedAtStart; ++i)
            spawn(i);
        for (;;) {
            if (m_ready.empty() && !m_timers.empty())
                m_now = std::max(m_now, firstTimer()->due);
            while (!m_timers.empty() && firstTimer()->due <= m_now) {
                const int task = firstTimer()->task;
                m_timers.erase(firstTimer());
                wake(task);
            }
            if (m_ready.empty())
                return m_log;
            // What becomes ready in this turn runs in the next.
            m_turn.swap(m_ready);
            while (!m_turn.empty()) {
                const int task = m_turn.front();
                m_turn.pop_front();
                resume(task);
            }
        }
    }

private:
    Task &task(int number) { return m_tasks[std::size_t(number)]; }
    Future &future(int number) { return m_futures[std::size_t(number)]; }
    const Op &op(const Frame &frame) { return frame.body->ops[frame.at]; }

    std::vector<Timer>::iterator firstTimer()
    {
        return std::min_element(m_timers.begin(), m_timers.end(), [](const Timer &a, const Timer &b) {
            return a.due != b.due ? a.due < b.due : a.sequence < b.sequence;
        });
    }

    void spawn(int number)
    {
        if (task(number).state != State::Unspawned)
            return;
        task(number).state = State::Queued;
        m_ready.push_back(number);
    }

    void unqueue(int number)
    {
        std::erase(m_ready, number);
        std::erase(m_turn, number);
    }

    /// Takes a task out of everything that it waits in.
    void stopWaiting(int number)
    {
        std::erase_if(m_timers, [number](const Timer &timer) { return timer.task == number; });
        for (Task &t : m_tasks)
            std::erase(t.watchers, number);
        for (Future &f : m_futures)
            std::erase(f.waiters, number);
    }

    void wake(int number)
    {
        stopWaiting(number);
        task(number).state = State::Woken;
        m_ready.push_back(number);
    }

    bool cancel(int number)
    {
        Task &t = task(number);
        switch (t.state) {
        case State::Unspawned:
        case State::Ended:
            return false;
        case State::Queued:
            unqueue(number);
            end(number, Result::Cancelled, Said::No);
            return true;
        case State::Running:
            t.cancelAtNextWait = true;
            return true;
        case State::Waiting:
        case State::Woken:
            if (!t.cancelled) {
                t.cancelled = true;
                unqueue(number);
                wake(number);
            }
            return true;
        }
        return false;
    }

    enum class Said { No, Yes };
    void end(int number, Result result, Said said)
    {
        Task &t = task(number);
        t.state = State::Ended;
        t.result = result;
        t.cancelAtNextWait = false;
        if (said == Said::Yes)
            m_log.append(endLine(number, m_now, result));
        while (!t.watchers.empty()) {
            const int watcher = t.watchers.front();
            t.watchers.erase(t.watchers.begin());
            if (op(task(watcher).frames.back()).kind != Kind::Wait || isSatisfied(watcher))
                wake(watcher);
        }
    }

    bool isSatisfied(int number)
    {
        const Task &t = task(number);
        std::size_t left = 0;
        bool failed = false;
        for (const int member : t.members) {
            left += task(member).state != State::Ended;
            failed = failed || (task(member).state == State::Ended && task(member).result == Result::Failed);
        }
        const Until until = op(t.frames.back()).until;
        return left == 0 || (until == Until::First && left < t.members.size())
               || (until == Until::FirstFailed && failed);
    }

    void resume(int number)
    {
        Task &t = task(number);
        const bool starts = t.state == State::Queued;
        t.state = State::Running;
        if (starts) {
            m_log.append(startLine(number, m_now));
            t.frames.push_back({&m_program.tasks[std::size_t(number)], 0, {}});
            go(number);
            return;
        }
        const bool cancelled = std::exchange(t.cancelled, false);
        if (cancelled)
            finishOp(number, Result::Cancelled, {});
        else
            deliver(number);
        go(number);
    }

    /// The awaited thing is there: what does the await give?
    void deliver(int number)
    {
        const Frame &frame = task(number).frames.back();
        const Op &o = op(frame);
        if (frame.pending || o.kind == Kind::Sleep || o.kind == Kind::Yield)
            finishOp(number, Result::Ok, {});
        else if (o.kind == Kind::AwaitTask)
            finishOp(number, task(o.a).result, {});
        else if (o.kind == Kind::AwaitFuture)
            finishOp(number, *future(o.a).result, {});
        else
            finishWait(number);
    }

    void finishWait(int number)
    {
        int done = 0;
        int pending = 0;
        for (const int member : task(number).members)
            ++(task(member).state == State::Ended ? done : pending);
        finishOp(number, Result::Ok, QStringLiteral(" %1 done %2 pending").arg(done).arg(pending));
    }

    void suspend(int number)
    {
        Task &t = task(number);
        if (std::exchange(t.cancelAtNextWait, false)) {
            t.cancelled = true;
            wake(number);
        } else {
            t.state = State::Waiting;
        }
    }

    void finishOp(int number, Result result, const QString &detail)
    {
        Task &t = task(number);
        Frame &frame = t.frames.back();
        const Op &o = op(frame);
        if (frame.pending) {
            const Result pending = *frame.pending;
            if (result == Result::Ok)
                m_log.append(cleanLine(number, o.number, m_now));
            pass(number, result == Result::Ok ? pending : result);
            return;
        }
        m_log.append(opLine(number, o.number, m_now, result, detail));
        if (result == Result::Ok || o.onError == OnError::Swallow) {
            ++frame.at;
        } else if (o.onError == OnError::CleanUp) {
            frame.pending = result;
        } else {
            pass(number, result);
        }
    }

    /// The coroutine ends with an error, which its caller meets.
    void pass(int number, Result error)
    {
        Task &t = task(number);
        t.frames.pop_back();
        if (t.frames.empty())
            end(number, error, Said::Yes);
        else
            finishOp(number, error, {});
    }

    void go(int number)
    {
        Task &t = task(number);
        while (t.state == State::Running) {
            Frame &frame = t.frames.back();
            if (frame.pending) { // a yield
                suspend(number);
                if (t.state == State::Waiting)
                    wake(number);
                return;
            }
            if (frame.at == frame.body->ops.size()) {
                t.frames.pop_back();
                if (t.frames.empty())
                    end(number, Result::Ok, Said::Yes);
                else
                    finishOp(number, Result::Ok, {});
                continue;
            }
            begin(number, op(frame));
        }
    }

    void begin(int number, const Op &o)
    {
        Task &t = task(number);
        switch (o.kind) {
        case Kind::Sleep:
            suspend(number);
            if (t.state == State::Waiting)
                m_timers.push_back({m_now + o.a, ++m_sequence, number});
            break;
        case Kind::Yield:
            suspend(number);
            if (t.state == State::Waiting)
                wake(number);
            break;
        case Kind::AwaitTask:
            if (task(o.a).state == State::Unspawned) {
                finishOp(number, Result::Ok, QStringLiteral(" nobody"));
            } else if (task(o.a).state == State::Ended) {
                finishOp(number, task(o.a).result, {});
            } else {
                suspend(number);
                if (t.state == State::Waiting)
                    task(o.a).watchers.push_back(number);
            }
            break;
        case Kind::AwaitFuture:
            if (future(o.a).result) {
                finishOp(number, *future(o.a).result, {});
            } else {
                suspend(number);
                if (t.state == State::Waiting)
                    future(o.a).waiters.push_back(number);
            }
            break;
        case Kind::SetFuture:
            finishOp(number, resolve(o.a, Result::Ok) ? Result::Ok : Result::Failed, {});
            break;
        case Kind::FailFuture:
            finishOp(number, resolve(o.a, Result::Failed) ? Result::Ok : Result::Failed, {});
            break;
        case Kind::CancelFuture:
            finishOp(number, Result::Ok,
                     resolve(o.a, Result::Cancelled) ? QStringLiteral(" true") : QStringLiteral(" false"));
            break;
        case Kind::CancelTask:
            finishOp(number, Result::Ok, cancel(o.a) ? QStringLiteral(" true") : QStringLiteral(" false"));
            break;
        case Kind::Spawn:
            spawn(o.a);
            finishOp(number, Result::Ok, {});
            break;
        case Kind::Throw:
            finishOp(number, Result::Failed, {});
            break;
        case Kind::ThrowCancelled:
            finishOp(number, Result::Cancelled, {});
            break;
        case Kind::Call:
            t.frames.push_back({o.body.get(), 0, {}});
            break;
        case Kind::Wait:
            beginWait(number, o);
            break;
        }
    }

    void beginWait(int number, const Op &o)
    {
        std::vector<int> &members = task(number).members;
        members.clear();
        for (const int member : o.members)
            if (task(member).state != State::Unspawned)
                members.push_back(member);
        if (isSatisfied(number)) {
            finishWait(number);
            return;
        }
        suspend(number);
        if (task(number).state != State::Waiting)
            return;
        for (const int member : members)
            if (task(member).state != State::Ended)
                task(member).watchers.push_back(number);
        if (o.timeout >= 0)
            m_timers.push_back({m_now + o.timeout, ++m_sequence, number});
    }

    /// False if it was resolved before.
    bool resolve(int number, Result result)
    {
        Future &f = future(number);
        if (f.result)
            return false;
        f.result = result;
        while (!f.waiters.empty())
            wake(f.waiters.front());
        return true;
    }

    const Program &m_program;
    std::vector<Task> m_tasks;
    std::vector<Future> m_futures;
    std::deque<int> m_ready; // what the next turn runs
    std::deque<int> m_turn; // what is left of this turn
    std::vector<Timer> m_timers;
    std::uint64_t m_sequence = 0;
    int m_now = 0;
    QStringList m_log;
};

} // namespace

QStringList predictedLog(const Program &program) { return Machine(program).run(); }

} // namespace coroscope::test
