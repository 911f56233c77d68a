// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/arena.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <unordered_map>
#include <utility>
#include <vector>

#ifdef __unix__
#    include <sys/mman.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#    define COROSCOPE_FRAMES_FROM_MALLOC 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define COROSCOPE_FRAMES_FROM_MALLOC 1
#    endif
#endif
#ifndef __unix__
#    define COROSCOPE_FRAMES_FROM_MALLOC 1
#endif

namespace coroscope::trace {

static_assert(sizeof(FrameInfo) == 64, "slots and chunk headers are multiples of it");

struct FrameArena::Shared
{
    std::mutex mutex;
    std::array<std::vector<Chunk *>, classes> orphans; // chunks of threads that ended
    std::unordered_map<const void *, const void *> fromMalloc; // frames (not slots), and who made them
    char *const base = reserve();
    std::atomic<std::size_t> reserved {0};
    std::atomic<std::uint64_t> returns {0}; // how many slots were freed by other threads than their owners
};

FrameArena::Shared &FrameArena::shared()
{
    static Shared *const instance = new Shared; // frames may die after main()
    return *instance;
}

char *FrameArena::reserve()
{
#ifndef COROSCOPE_FRAMES_FROM_MALLOC
    void *const start = mmap(nullptr, span + chunkSize, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return nullptr;
    const auto address = reinterpret_cast<std::uintptr_t>(start);
    return reinterpret_cast<char *>((address + chunkSize - 1) & ~(chunkSize - 1));
#else
    return nullptr;
#endif
}

/// When a thread ends its chunks wait for another one to go on with them.
class FrameArena::CacheGuard
{
public:
    ~CacheGuard()
    {
        for (FrameInfo *slot : s_cache.free) {
            while (slot) {
                FrameInfo *const next = slot->next;
                giveBack(chunkOf(slot), slot);
                slot = next;
            }
        }
        Shared &s = shared();
        const std::lock_guard lock(s.mutex);
        for (std::size_t c = 0; c < classes; ++c) {
            for (Chunk *chunk = s_cache.chunks[c]; chunk; chunk = chunk->next) {
                chunk->owner.store(nullptr, std::memory_order_relaxed);
                s.orphans[c].push_back(chunk);
            }
        }
        s_cache = Cache {};
    }
};

void FrameArena::enter()
{
    if (!shared().base || s_cache.base == reinterpret_cast<std::uintptr_t>(shared().base))
        return;
    static thread_local CacheGuard guard;
    (void)guard;
    s_cache.base = reinterpret_cast<std::uintptr_t>(shared().base);
}

void FrameArena::giveBack(Chunk &chunk, FrameInfo *slot)
{
    slot->next = chunk.returned.load(std::memory_order_relaxed);
    while (!chunk.returned.compare_exchange_weak(slot->next, slot, std::memory_order_release,
                                                 std::memory_order_relaxed)) { }
}

FrameInfo *FrameArena::takeFree(std::size_t c)
{
    FrameInfo *const slot = s_cache.free[c];
    if (slot)
        s_cache.free[c] = slot->next;
    return slot;
}

/// Takes back what other threads freed of this thread's chunks.
void FrameArena::collectReturns(std::size_t c)
{
    const std::uint64_t now = shared().returns.load(std::memory_order_relaxed);
    if (s_cache.seenReturns[c] == now)
        return;
    s_cache.seenReturns[c] = now;
    for (Chunk *chunk = s_cache.chunks[c]; chunk; chunk = chunk->next) {
        if (!chunk->returned.load(std::memory_order_relaxed))
            continue;
        FrameInfo *slot = chunk->returned.exchange(nullptr, std::memory_order_acquire);
        while (slot) {
            FrameInfo *const next = slot->next;
            slot->next = s_cache.free[c];
            s_cache.free[c] = slot;
            slot = next;
        }
    }
}

void *FrameArena::cutSlot(std::size_t c)
{
    Chunk *const chunk = s_cache.chunks[c];
    if (!chunk || chunk->used + chunk->slotSize > chunkSize)
        return nullptr;
    void *const slot = reinterpret_cast<char *>(chunk) + chunk->used;
    chunk->used += chunk->slotSize;
    return slot;
}

/// A chunk of a thread that ended, else a new one. False: there is no more room.
bool FrameArena::addChunk(std::size_t c)
{
    Shared &s = shared();
    Chunk *chunk = nullptr;
    {
        const std::lock_guard lock(s.mutex);
        if (!s.orphans[c].empty()) {
            chunk = s.orphans[c].back();
            s.orphans[c].pop_back();
        }
    }
    if (!chunk) {
        const std::size_t at = s.base ? s.reserved.fetch_add(chunkSize, std::memory_order_relaxed) : span;
        if (at + chunkSize > span)
            return false;
        chunk = new (s.base + at) Chunk {c * granule, granule, nullptr, nullptr, nullptr};
    }
    chunk->owner.store(&s_cache, std::memory_order_relaxed);
    chunk->next = s_cache.chunks[c];
    s_cache.chunks[c] = chunk;
    s_cache.seenReturns[c] = 0; // it may bring free slots
    return true;
}

void *FrameArena::allocateSlow(std::size_t size)
{
    static_assert(sizeof(Chunk) <= granule);
    enter();
    const std::size_t c = classOf(size);
    while (c < classes) {
        if (void *slot = cutSlot(c))
            return slot;
        collectReturns(c);
        if (FrameInfo *slot = takeFree(c))
            return slot;
        if (!addChunk(c))
            break;
    }
    void *const slot = std::malloc(size);
    if (!slot)
        throw std::bad_alloc();
    const std::lock_guard lock(shared().mutex);
    shared().fromMalloc.emplace(static_cast<char *>(slot) + sizeof(FrameInfo), &s_cache);
    return slot;
}

void FrameArena::freeSlow(FrameInfo *slot) noexcept
{
    enter(); // a thread that never made a frame may free one
    Shared &s = shared();
    if (isInRange(slot)) {
        giveBack(chunkOf(slot), slot);
        s.returns.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    {
        const std::lock_guard lock(s.mutex);
        s.fromMalloc.erase(frameBehind(*slot));
    }
    std::free(slot);
}

bool FrameArena::ownsSlow(const void *frame) noexcept
{
    enter();
    if (isInRange(frame))
        return true;
    const std::lock_guard lock(shared().mutex);
    return shared().fromMalloc.contains(frame);
}

void FrameArena::visitChunk(Chunk *chunk, const std::function<void(FrameInfo &)> &visit)
{
    char *const start = reinterpret_cast<char *>(chunk);
    for (std::size_t at = granule; at + chunk->slotSize <= chunk->used; at += chunk->slotSize) {
        auto *const info = reinterpret_cast<FrameInfo *>(start + at);
        // A frame that was made here may run, and die, on another thread.
        if (std::atomic_ref(info->id).load(std::memory_order_relaxed))
            visit(*info);
    }
}

void FrameArena::forEach(Whose whose, const std::function<void(FrameInfo &)> &visit)
{
    Shared &s = shared();
    if (whose == Whose::ThisThreads) {
        for (Chunk *chunk : s_cache.chunks)
            for (; chunk; chunk = chunk->next)
                visitChunk(chunk, visit);
    } else if (s.base) {
        for (std::size_t at = 0; at < s.reserved.load(); at += chunkSize)
            visitChunk(reinterpret_cast<Chunk *>(s.base + at), visit);
    }
    std::vector<FrameInfo *> frames; // visited without the lock: who visits may ask whose a frame is
    {
        const std::lock_guard lock(s.mutex);
        for (const auto &[frame, thread] : s.fromMalloc) {
            FrameInfo *const info = infoBefore(const_cast<void *>(frame));
            if ((whose == Whose::Everybodys || thread == &s_cache) && info->id)
                frames.push_back(info);
        }
    }
    for (FrameInfo *frame : frames)
        visit(*frame);
}

} // namespace coroscope::trace
