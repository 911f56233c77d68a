// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/frame.h"

#include "core/trace/arena.h"
#include "core/trace/qcoroaccess.h"

#include <atomic>
#include <thread>
#include <vector>

namespace coroscope::trace {

namespace {

/// Held for a few instructions at a time, and almost never contended: a spin lock.
class FamilyLock
{
public:
    FamilyLock()
    {
        while (s_taken.test_and_set(std::memory_order_acquire))
            std::this_thread::yield();
    }
    ~FamilyLock() { s_taken.clear(std::memory_order_release); }
    FamilyLock(const FamilyLock &) = delete;
    FamilyLock &operator=(const FamilyLock &) = delete;

private:
    static inline std::atomic_flag s_taken;
};

void unlink(FrameInfo &frame)
{
    if (frame.previous)
        frame.previous->next = frame.next;
    else if (frame.parent)
        frame.parent->firstChild = frame.next;
    if (frame.next)
        frame.next->previous = frame.previous;
    frame.parent = frame.next = frame.previous = nullptr;
}

/// A frame in its first slice, or a generator's, isn't in the tree: who called it stands below it on the
/// stack.
FrameInfo *upFrom(const FrameInfo &frame)
{
    return frame.parent                                                ? frame.parent
           : frame.activity == Activity::Running && frame.calledByTask ? frame.below
                                                                       : nullptr;
}

void collectLeaves(FrameInfo &frame, std::vector<CancellableLeaf *> &leaves)
{
    // Iterative: a chain of awaits may be a million frames long.
    std::vector<FrameInfo *> open {&frame};
    while (!open.empty()) {
        FrameInfo *const f = open.back();
        open.pop_back();
        if (f->activity == Activity::OnLeaf && f->leaf->isOnItsThread())
            leaves.push_back(f->leaf);
        for (FrameInfo *child = f->firstChild; child; child = child->next)
            open.push_back(child);
    }
}

} // namespace

std::size_t liveFrames()
{
    std::size_t count = 0;
    FrameArena::forEach(FrameArena::Whose::Everybodys, [&count](FrameInfo &) { ++count; });
    return count;
}

void announceFrame(FrameInfo &frame)
{
    frame.announcedTo = thisThread.announcement;
    std::uint32_t parent = 0;
    if (frame.inFamily) {
        const FamilyLock lock;
        parent = frame.parent ? frame.parent->id : 0;
    }
    const bool isWorker = frame.hasOwner && !frame.owner;
    const EntityKind kind = frame.isSpawned ? EntityKind::Spawned
                            : isWorker      ? EntityKind::Worker
                                            : EntityKind::Coroutine;
    record(frame.id, EventType::FirstSeen, Cause::None, std::uint16_t(kind), parent,
           reinterpret_cast<std::uint64_t>(frame.site));
}

void announceFrames()
{
    const auto announce = [](FrameInfo &frame) {
        if (!frame.finished && frame.announcedTo != thisThread.announcement)
            announceFrame(frame);
    };
    FrameArena::forEach(FrameArena::Whose::ThisThreads, announce);
    std::vector<FrameInfo *> stack;
    for (FrameInfo *f = thisThread.current; f; f = f->below)
        stack.push_back(f);
    for (auto it = stack.rbegin(); it != stack.rend(); ++it) {
        announce(**it);
        record((*it)->id, EventType::Resumed, Cause::None, 0, 0, (*it)->below ? (*it)->below->id : 0);
    }
}

void joinFamily(FrameInfo &frame, FrameInfo *parent) noexcept
{
    const FamilyLock lock;
    if (frame.parent == parent)
        return;
    unlink(frame);
    frame.inFamily = true;
    frame.parent = parent;
    frame.next = parent->firstChild;
    if (frame.next)
        frame.next->previous = &frame;
    parent->firstChild = &frame;
    parent->inFamily = true;
}

void detail::unlinkFromFamily(FrameInfo &frame) noexcept
{
    const FamilyLock lock;
    while (frame.firstChild)
        unlink(*frame.firstChild);
    unlink(frame);
    frame.inFamily = false;
}

bool cancelLeaves(FrameInfo &frame)
{
    std::vector<CancellableLeaf *> leaves;
    {
        const FamilyLock lock;
        collectLeaves(frame, leaves);
    }
    for (CancellableLeaf *leaf : leaves)
        leaf->cancel();
    return !leaves.empty();
}

bool isBelow(const FrameInfo &frame, const FrameInfo &above)
{
    const FamilyLock lock;
    const FrameInfo *f = &frame;
    while (f && f != &above)
        f = upFrom(*f);
    return f;
}

FrameInfo &lastAwaiter(FrameInfo &frame)
{
    FrameInfo *f = &frame;
    while (!f->hasOwner && f->waiters) {
        FrameInfo *const waiting = infoOfFrame(f->waiters->handle.address());
        if (!waiting)
            break;
        f = waiting;
    }
    return *f;
}

bool hasForeignLeaf(const FrameInfo &frame)
{
    const FamilyLock lock;
    std::vector<const FrameInfo *> open {&frame};
    while (!open.empty()) {
        const FrameInfo *const f = open.back();
        open.pop_back();
        if (f->activity == Activity::OnForeign)
            return true;
        for (const FrameInfo *child = f->firstChild; child; child = child->next)
            if (child->waiters) // others were only called
                open.push_back(child);
    }
    return false;
}

void destroyDetached(FrameInfo &frame)
{
    // QCoro's promise is the first member of ours, and its base class stands at its start.
    using Promise = QCoro::detail::TaskPromiseBase;
    giveUpFrame(std::coroutine_handle<Promise>::from_address(frameBehind(frame)));
}

FrameInfo &rootOf(FrameInfo &frame)
{
    const FamilyLock lock;
    FrameInfo *f = &frame;
    while (!f->hasOwner) {
        FrameInfo *const up = upFrom(*f);
        if (!up)
            break;
        f = up;
    }
    return *f;
}

void detail::beginRecordedSlice(FrameInfo &frame, Cause cause, std::uint64_t who)
{
    Ring *const ring = recordingRing(frame);
    ThreadState &thread = thisThread;
    FrameInfo *const below = thread.current;
    pushSlice(thread, frame);
    if (ring)
        ring->push({Clock::ticks(), frame.id, EventType::Resumed, cause, 0, who, below ? below->id : 0},
                   false);
}

void detail::endRecordedSlice(FrameInfo &frame, WaitKind kind, std::uint64_t detail, std::uint64_t site,
                              Activity activity)
{
    Ring *const ring = recordingRing(frame);
    popSlice(thisThread, frame, activity);
    if (ring)
        ring->push({Clock::ticks(), frame.id, EventType::Suspended, Cause::None, std::uint16_t(kind), detail,
                    site},
                   false);
}

} // namespace coroscope::trace
