// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// The reference: what core/runtime should do, written a second time as a plain state machine over one ready
// list and one list of timers. It knows nothing of coroutines.
#include "tests/runtime/randomprogram.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

namespace coroscope::test {

namespace {

/// Where a coroutine stands in a step that has several stages.
enum class Stage { Begin, Inside, Joining };

struct Scope
{
    int task;
    int begun; ///< numbers that tell what came first
    int requestsBefore; ///< cancellations of the task
    int cancelled = 0; ///< not yet
};

struct Frame
{
    const Body *body;
    std::size_t at = 0;
    std::optional<Result> pending {}; ///< set while it cleans up: what it will pass on
    Stage stage = Stage::Begin; ///< of the step it is in
    std::shared_ptr<Scope> scope {}; ///< of that step
    int group = -1; ///< of that step
};

struct Timer
{
    int due;
    std::uint64_t sequence;
    int task;
    std::shared_ptr<Scope> scope; ///< which ends; else the task is woken
};

enum class State { Unspawned, Queued, Running, Waiting, Woken, Ended };

struct Task
{
    State state = State::Unspawned;
    std::vector<Frame> frames;
    Result result = Result::Ok;
    bool cancelAtNextWait = false;
    bool cancelled = false; ///< on its way back with a cancellation
    bool inFirstSlice = false;
    int requests = 0; ///< how often it was cancelled
    int group = -1; ///< whose child it is
    int granted = -1; ///< the pool that gave it a permit for its next turn
    std::optional<int> firstFailed; ///< of those that it gathers
    bool mustThrow = false; ///< it was cancelled, and gathers on until that is over
    std::vector<int> watchers; ///< tasks that join or wait; one that has it twice in a set stands here twice
    std::vector<int> members; ///< of the set that it waits for
};

struct Future
{
    std::optional<Result> result;
    std::vector<int> waiters;
};

/// Permits and who waits for one.
struct Pool
{
    int free = 0;
    int underWay = 0;
    std::vector<int> waiters;
};

struct Queue
{
    int room; ///< pools
    int filled;
    std::deque<int> values;
};

struct Event
{
    bool isSet = false;
    std::vector<int> waiters;
};

struct Group
{
    int task;
    std::vector<int> children; ///< that have not ended
    std::shared_ptr<Scope> body; ///< null once it has ended
    int errors = 0;
    bool isAborting = false;
    bool wasCancelled = false;
};

class Machine
{
public:
    explicit Machine(const Program &program)
        : m_program(program)
        , m_tasks(program.tasks.size())
        , m_futures(std::size_t(program.futures))
        , m_events(std::size_t(program.events))
    {
        for (int i = 0; i < program.locks; ++i)
            m_locks.push_back(addPool(1));
        for (const int permits : program.semaphores)
            m_semaphores.push_back(addPool(permits));
        for (const int capacity : program.queues) {
            const int room = addPool(capacity);
            m_queues.push_back({room, addPool(0), {}});
        }
    }

    QStringList run()
    {
        for (int i = 0; i < m_program.spawnedAtStart; ++i)
            spawn(i);
        for (;;) {
            if (m_ready.empty() && !m_timers.empty())
                m_now = std::max(m_now, firstTimer()->due);
            while (!m_timers.empty() && firstTimer()->due <= m_now) {
                const Timer timer = *firstTimer();
                m_timers.erase(firstTimer());
                if (timer.scope)
                    cancelScope(*timer.scope);
                else
                    wake(timer.task);
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

    int addPool(int permits)
    {
        m_pools.push_back({permits, 0, {}});
        return int(m_pools.size()) - 1;
    }

    int spawnChild(const Body *body, int group)
    {
        m_tasks.emplace_back();
        m_tasks.back().group = group;
        m_children.emplace(int(m_tasks.size()) - 1, body);
        spawn(int(m_tasks.size()) - 1);
        return int(m_tasks.size()) - 1;
    }
    const Body *bodyOf(int number)
    {
        const auto child = m_children.find(number);
        return child == m_children.end() ? &m_program.tasks[std::size_t(number)] : child->second;
    }

    void unqueue(int number)
    {
        std::erase(m_ready, number);
        std::erase(m_turn, number);
    }

    /// Takes a task out of everything that it waits in.
    void stopWaiting(int number)
    {
        std::erase_if(m_timers,
                      [number](const Timer &timer) { return timer.task == number && !timer.scope; });
        for (Task &t : m_tasks)
            std::erase(t.watchers, number);
        for (Future &f : m_futures)
            std::erase(f.waiters, number);
        for (Event &e : m_events)
            std::erase(e.waiters, number);
        for (Pool &p : m_pools)
            std::erase(p.waiters, number);
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
        if (t.state == State::Unspawned || t.state == State::Ended)
            return false;
        ++t.requests;
        if (t.state == State::Queued) {
            unqueue(number);
            end(number, Result::Cancelled, Said::No);
        } else if (t.state == State::Running) {
            t.cancelAtNextWait = true;
        } else {
            cancelWait(number);
        }
        return true;
    }

    /// Cancels what a suspended task waits for.
    void cancelWait(int number)
    {
        Task &t = task(number);
        if (gathers(number) && !t.cancelled) {
            if (!std::exchange(t.mustThrow, true))
                cancelMembers(number);
            return;
        }
        if (std::exchange(t.cancelled, true))
            return;
        handOn(number);
        unqueue(number);
        wake(number);
    }
    bool gathers(int number)
    {
        const Frame &frame = task(number).frames.back();
        return !frame.pending && op(frame).kind == Kind::Gather;
    }
    void cancelMembers(int number)
    {
        const std::vector<int> members = task(number).members;
        for (const int member : members)
            cancel(member);
    }

    // --- permits -----------------------------------------------------------------------------------------

    bool tryTake(int pool)
    {
        Pool &p = m_pools[std::size_t(pool)];
        if (p.free == 0 || p.underWay > 0)
            return false;
        --p.free;
        return true;
    }
    void giveBack(int pool)
    {
        ++m_pools[std::size_t(pool)].free;
        grant(pool);
    }
    void grant(int pool)
    {
        Pool &p = m_pools[std::size_t(pool)];
        while (p.free > 0 && !p.waiters.empty()) {
            const int number = p.waiters.front();
            --p.free;
            ++p.underWay;
            task(number).granted = pool;
            wake(number);
        }
    }
    void handOn(int number)
    {
        const int pool = std::exchange(task(number).granted, -1);
        if (pool < 0)
            return;
        --m_pools[std::size_t(pool)].underWay;
        giveBack(pool);
    }
    /// True if it has the permit; else it waits.
    bool acquire(int number, int pool)
    {
        if (tryTake(pool))
            return true;
        suspend(number);
        if (task(number).state == State::Waiting) {
            m_pools[std::size_t(pool)].waiters.push_back(number);
            grant(pool);
        }
        return false;
    }
    void takePermit(int number)
    {
        const int pool = std::exchange(task(number).granted, -1);
        --m_pools[std::size_t(pool)].underWay;
    }
    int poolOf(const Op &o)
    {
        switch (o.kind) {
        case Kind::WithLock:
            return m_locks[std::size_t(o.a)];
        case Kind::WithSemaphore:
            return m_semaphores[std::size_t(o.a)];
        case Kind::Put:
            return m_queues[std::size_t(o.a)].room;
        default:
            return m_queues[std::size_t(o.a)].filled;
        }
    }
    void hasPermit(int number, const Op &o)
    {
        if (o.kind == Kind::WithLock || o.kind == Kind::WithSemaphore) {
            enterBody(number, o);
            return;
        }
        Queue &queue = m_queues[std::size_t(o.a)];
        if (o.kind == Kind::Put) {
            queue.values.push_back(valueOf(number, o.number));
            giveBack(queue.filled);
            finishOp(number, Result::Ok, {});
        } else {
            const int value = queue.values.front();
            queue.values.pop_front();
            giveBack(queue.room);
            finishOp(number, Result::Ok, QStringLiteral(" got %1").arg(value));
        }
    }

    // --- scopes and groups -------------------------------------------------------------------------------

    std::shared_ptr<Scope> beginScope(int number)
    {
        auto scope = std::make_shared<Scope>(Scope {number, ++m_moment, task(number).requests});
        task(number).frames.back().scope = scope;
        return scope;
    }
    void cancelScope(Scope &scope)
    {
        if (scope.cancelled)
            return;
        scope.cancelled = ++m_moment;
        cancelWait(scope.task);
    }
    /// Whether a cancellation that came out of it was its own.
    bool leaveScope(int number)
    {
        Task &t = task(number);
        const std::shared_ptr<Scope> scope = std::exchange(t.frames.back().scope, nullptr);
        std::erase_if(m_timers, [&](const Timer &timer) { return timer.scope == scope; });
        bool isOwn = scope->cancelled && t.requests == scope->requestsBefore;
        for (const Frame &around : t.frames)
            if (around.scope && around.scope->cancelled > scope->begun)
                isOwn = false;
        return isOwn;
    }

    void childEnded(int number, Result result)
    {
        Group &group = m_groups[std::size_t(task(number).group)];
        std::erase(group.children, number);
        if (result != Result::Failed)
            return;
        ++group.errors;
        abort(group);
    }
    void abort(Group &group)
    {
        if (std::exchange(group.isAborting, true))
            return;
        const std::vector<int> children = group.children;
        for (const int child : children)
            cancel(child);
        if (group.body)
            cancelScope(*group.body);
    }
    void groupBodyEnded(int number, Result result)
    {
        Frame &frame = task(number).frames.back();
        Group &group = m_groups[std::size_t(frame.group)];
        group.body = nullptr;
        const bool isOwn = leaveScope(number);
        if (result == Result::Failed)
            ++group.errors;
        if (result == Result::Cancelled && !isOwn)
            group.wasCancelled = true;
        if (result != Result::Ok)
            abort(group);
        frame.stage = Stage::Joining;
        joinGroup(number);
    }
    void joinGroup(int number)
    {
        Task &t = task(number);
        Group &group = m_groups[std::size_t(t.frames.back().group)];
        if (group.children.empty()) {
            finishOp(number,
                     group.errors > 0     ? Result::Failed
                     : group.wasCancelled ? Result::Cancelled
                                          : Result::Ok,
                     {});
            return;
        }
        t.members = group.children;
        watchMembers(number);
    }
    void watchMembers(int number)
    {
        suspend(number);
        if (task(number).state != State::Waiting)
            return;
        for (const int member : task(number).members)
            if (task(member).state != State::Ended)
                task(member).watchers.push_back(number);
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
        if (t.group >= 0)
            childEnded(number, result);
        while (!t.watchers.empty()) {
            const int watcher = t.watchers.front();
            t.watchers.erase(t.watchers.begin());
            if (gathers(watcher) && result != Result::Ok && !task(watcher).firstFailed)
                task(watcher).firstFailed = number;
            if (isSatisfied(watcher))
                wake(watcher);
        }
    }

    bool isSatisfied(int number)
    {
        const Task &t = task(number);
        const Op &o = op(t.frames.back());
        if (o.kind == Kind::AwaitTask || o.kind == Kind::Shield)
            return true;
        std::size_t left = 0;
        bool failed = false;
        for (const int member : t.members) {
            left += task(member).state != State::Ended;
            failed = failed || (task(member).state == State::Ended && task(member).result == Result::Failed);
        }
        if (o.kind == Kind::Gather)
            return left == 0 || (o.a == 0 && t.firstFailed);
        if (o.kind == Kind::Group)
            return left == 0;
        const Until until = o.until;
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
            t.frames.push_back({bodyOf(number)});
            t.inFirstSlice = true;
            go(number);
            t.inFirstSlice = false;
            if (t.state != State::Ended && std::exchange(t.cancelAtNextWait, false))
                cancelWait(number);
            return;
        }
        if (std::exchange(t.cancelled, false))
            cancelled(number);
        else
            deliver(number);
        go(number);
    }

    void cancelled(int number)
    {
        const Frame &frame = task(number).frames.back();
        if (frame.stage != Stage::Joining) {
            finishOp(number, Result::Cancelled, {});
            return;
        }
        Group &group = m_groups[std::size_t(frame.group)];
        group.wasCancelled = true;
        abort(group);
        joinGroup(number);
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
        else if (o.kind == Kind::AwaitEvent)
            finishOp(number, Result::Ok, {});
        else if (o.kind == Kind::Shield)
            finishOp(number, task(task(number).members.front()).result, {});
        else if (o.kind == Kind::Gather)
            finishGather(number);
        else if (o.kind == Kind::Group)
            joinGroup(number);
        else if (o.kind == Kind::Wait)
            finishWait(number);
        else {
            takePermit(number);
            hasPermit(number, o);
        }
    }

    void finishGather(int number)
    {
        Task &t = task(number);
        if (std::exchange(t.mustThrow, false)) {
            finishOp(number, Result::Cancelled, {});
        } else if (op(t.frames.back()).a == 0) {
            finishOp(number, t.firstFailed ? task(*t.firstFailed).result : Result::Ok, {});
        } else {
            const auto isOk = [this](int member) { return task(member).result == Result::Ok; };
            finishOp(number, Result::Ok,
                     QStringLiteral(" %1 ok").arg(std::ranges::count_if(t.members, isOk)));
        }
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
        if (!t.inFirstSlice && std::exchange(t.cancelAtNextWait, false)) {
            if (gathers(number))
                cancelMembers(number);
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
        frame.stage = Stage::Begin;
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

    /// The coroutine ends, and its caller goes on.
    void pass(int number, Result result)
    {
        Task &t = task(number);
        t.frames.pop_back();
        if (t.frames.empty())
            end(number, result, Said::Yes);
        else
            bodyEnded(number, result);
    }

    void enterBody(int number, const Op &o)
    {
        task(number).frames.back().stage = Stage::Inside;
        task(number).frames.push_back({o.body.get()});
    }

    void bodyEnded(int number, Result result)
    {
        const Op &o = op(task(number).frames.back());
        switch (o.kind) {
        case Kind::WithLock:
        case Kind::WithSemaphore:
            giveBack(poolOf(o));
            finishOp(number, result, {});
            break;
        case Kind::WithTimeout: {
            const bool isOwn = leaveScope(number);
            finishOp(number, result == Result::Cancelled && isOwn ? Result::Failed : result, {});
            break;
        }
        case Kind::Group:
            groupBodyEnded(number, result);
            break;
        case Kind::Generate:
            finishOp(number, result,
                     result == Result::Ok ? QStringLiteral(" %1 values").arg(o.body->ops.size()) : QString());
            break;
        default:
            finishOp(number, result, {});
        }
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
                pass(number, Result::Ok);
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
                m_timers.push_back({m_now + o.a, ++m_sequence, number, {}});
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
        case Kind::CallDeferred:
        case Kind::Generate:
            enterBody(number, o);
            break;
        case Kind::AwaitEvent: {
            Event &event = m_events[std::size_t(o.a)];
            if (event.isSet) {
                finishOp(number, Result::Ok, {});
                break;
            }
            suspend(number);
            if (t.state == State::Waiting)
                event.waiters.push_back(number);
            break;
        }
        case Kind::SetEvent: {
            Event &event = m_events[std::size_t(o.a)];
            event.isSet = true;
            while (!event.waiters.empty())
                wake(event.waiters.front());
            finishOp(number, Result::Ok, {});
            break;
        }
        case Kind::ClearEvent:
            m_events[std::size_t(o.a)].isSet = false;
            finishOp(number, Result::Ok, {});
            break;
        case Kind::WithLock:
        case Kind::WithSemaphore:
        case Kind::Put:
        case Kind::Get:
            if (acquire(number, poolOf(o)))
                hasPermit(number, o);
            break;
        case Kind::WithTimeout:
            m_timers.push_back({m_now + o.a, ++m_sequence, number, beginScope(number)});
            enterBody(number, o);
            break;
        case Kind::Shield:
            t.members = {spawnChild(o.body.get(), -1)};
            watchMembers(number);
            break;
        case Kind::Group: {
            m_groups.push_back({number, {}, beginScope(number)});
            const int group = int(m_groups.size()) - 1;
            t.frames.back().group = group;
            for (const Body &child : o.children) {
                const int spawned = spawnChild(&child, group);
                m_groups[std::size_t(group)].children.push_back(spawned);
            }
            enterBody(number, o);
            break;
        }
        case Kind::Gather:
            t.members.clear();
            t.firstFailed.reset();
            for (const Body &child : o.children)
                t.members.push_back(spawnChild(&child, -1));
            if (t.members.empty())
                finishGather(number);
            else
                watchMembers(number);
            break;
        case Kind::Count:
            finishOp(number, Result::Ok, QStringLiteral(" sum %1").arg(o.a * (o.a + 1) / 2));
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
            m_timers.push_back({m_now + o.timeout, ++m_sequence, number, {}});
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
    std::deque<Task> m_tasks; // references stay valid while children are added
    std::vector<Future> m_futures;
    std::vector<Event> m_events;
    std::vector<Pool> m_pools;
    std::vector<int> m_locks; // pools
    std::vector<int> m_semaphores;
    std::vector<Queue> m_queues;
    std::deque<Group> m_groups;
    std::unordered_map<int, const Body *> m_children;
    int m_moment = 0;
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
