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

namespace {

constexpr std::size_t granule = 64;
constexpr std::size_t classes = 65; // frames of up to 4 KiB
constexpr std::size_t chunkSize = std::size_t(128) * 1024;
constexpr std::size_t span = std::size_t(1) << 36; // addresses, not memory

struct Cache;

/// A free slot; its id stays 0. The link stands behind where the id was.
struct FreeSlot
{
    std::uint64_t id;
    FreeSlot *next;
};

/// A stretch of slots of one class. Its header fills the first granule. Only the thread that owns it takes
/// slots from it, so a walk over a thread's chunks meets no frame that another thread makes meanwhile; what
/// other threads free waits in `returned`.
struct Chunk
{
    std::size_t slotSize;
    std::size_t used; // bytes, header included
    Chunk *next; // of the thread's, of the same class
    std::atomic<Cache *> owner; // null: its thread has ended
    std::atomic<FreeSlot *> returned;
};
static_assert(sizeof(Chunk) <= granule);

struct Shared
{
    std::mutex mutex;
    std::array<std::vector<Chunk *>, classes> orphans; // chunks of threads that ended
    std::unordered_map<void *, const void *> fromMalloc; // frames (not slots), and the thread that made them
};

Shared &shared()
{
    static Shared *const instance = new Shared; // frames may die after main()
    return *instance;
}

std::atomic<std::size_t> reserved {0};
std::atomic<std::uint64_t> returns {0}; // how many slots were freed by other threads than their owners

char *reserve()
{
#ifndef COROSCOPE_FRAMES_FROM_MALLOC
    void *const base = mmap(nullptr, span, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base == MAP_FAILED ? nullptr : static_cast<char *>(base);
#else
    return nullptr;
#endif
}

char *base()
{
    static char *const value = reserve();
    return value;
}

struct Cache
{
    std::array<FreeSlot *, classes> free {};
    std::array<Chunk *, classes> chunks {}; // the first is the one that slots are cut from
    std::array<std::uint64_t, classes> seenReturns {};
    bool guarded = false;
};
constinit thread_local Cache cache {};

void giveBack(Chunk &chunk, FreeSlot *slot)
{
    slot->next = chunk.returned.load(std::memory_order_relaxed);
    while (!chunk.returned.compare_exchange_weak(slot->next, slot, std::memory_order_release,
                                                 std::memory_order_relaxed)) { }
}

Chunk &chunkOf(void *slot)
{
    const std::size_t at = std::size_t(static_cast<char *>(slot) - base());
    return *reinterpret_cast<Chunk *>(base() + at / chunkSize * chunkSize);
}

/// When a thread ends its chunks wait for another one to go on with them.
struct CacheGuard
{
    ~CacheGuard()
    {
        for (FreeSlot *slot : cache.free) {
            while (slot) {
                FreeSlot *const next = slot->next;
                giveBack(chunkOf(slot), slot);
                slot = next;
            }
        }
        Shared &s = shared();
        const std::lock_guard lock(s.mutex);
        for (std::size_t c = 0; c < classes; ++c) {
            for (Chunk *chunk = cache.chunks[c]; chunk; chunk = chunk->next) {
                chunk->owner.store(nullptr, std::memory_order_relaxed);
                s.orphans[c].push_back(chunk);
            }
        }
        cache = Cache {};
    }
};

void guardCache()
{
    static thread_local CacheGuard guard;
    (void)guard;
    cache.guarded = true;
}

FreeSlot *takeFree(std::size_t c)
{
    FreeSlot *const slot = cache.free[c];
    if (slot)
        cache.free[c] = slot->next;
    return slot;
}

/// Takes back what other threads freed of this thread's chunks.
void collectReturns(std::size_t c)
{
    const std::uint64_t now = returns.load(std::memory_order_relaxed);
    if (cache.seenReturns[c] == now)
        return;
    cache.seenReturns[c] = now;
    for (Chunk *chunk = cache.chunks[c]; chunk; chunk = chunk->next) {
        if (!chunk->returned.load(std::memory_order_relaxed))
            continue;
        FreeSlot *slot = chunk->returned.exchange(nullptr, std::memory_order_acquire);
        while (slot) {
            FreeSlot *const next = slot->next;
            slot->next = cache.free[c];
            cache.free[c] = slot;
            slot = next;
        }
    }
}

void *cutSlot(std::size_t c)
{
    Chunk *const chunk = cache.chunks[c];
    if (!chunk || chunk->used + chunk->slotSize > chunkSize)
        return nullptr;
    void *const slot = reinterpret_cast<char *>(chunk) + chunk->used;
    chunk->used += chunk->slotSize;
    return slot;
}

/// A chunk of a thread that ended, else a new one. False: there is no more room.
bool addChunk(std::size_t c)
{
    Chunk *chunk = nullptr;
    {
        Shared &s = shared();
        const std::lock_guard lock(s.mutex);
        if (!s.orphans[c].empty()) {
            chunk = s.orphans[c].back();
            s.orphans[c].pop_back();
        }
    }
    if (!chunk) {
        char *const start = base();
        const std::size_t at = start ? reserved.fetch_add(chunkSize, std::memory_order_relaxed) : span;
        if (at + chunkSize > span)
            return false;
        chunk = new (start + at) Chunk {c * granule, granule, nullptr, nullptr, nullptr};
    }
    chunk->owner.store(&cache, std::memory_order_relaxed);
    chunk->next = cache.chunks[c];
    cache.chunks[c] = chunk;
    cache.seenReturns[c] = 0; // it may bring free slots
    return true;
}

void *allocateSlow(std::size_t c)
{
    if (!cache.guarded)
        guardCache();
    for (;;) {
        if (void *slot = cutSlot(c))
            return slot;
        collectReturns(c);
        if (FreeSlot *slot = takeFree(c))
            return slot;
        if (!addChunk(c))
            return nullptr;
    }
}

bool isInRange(const void *p) { return std::size_t(static_cast<const char *>(p) - base()) < span && base(); }

void visitChunk(Chunk *chunk, const std::function<void(FrameInfo &)> &visit)
{
    char *const start = reinterpret_cast<char *>(chunk);
    for (std::size_t at = granule; at + chunk->slotSize <= chunk->used; at += chunk->slotSize) {
        auto *const info = reinterpret_cast<FrameInfo *>(start + at);
        // A frame that was made here may run, and die, on another thread.
        if (std::atomic_ref(info->id).load(std::memory_order_relaxed))
            visit(*info);
    }
}

} // namespace

void *FrameArena::allocate(std::size_t size)
{
    const std::size_t c = (size + granule - 1) / granule;
    if (c < classes) {
        if (FreeSlot *slot = takeFree(c)) [[likely]]
            return slot;
        if (void *slot = allocateSlow(c))
            return slot;
    }
    void *const slot = std::malloc(size);
    if (!slot)
        throw std::bad_alloc();
    const std::lock_guard lock(shared().mutex);
    shared().fromMalloc.emplace(static_cast<char *>(slot) + sizeof(FrameInfo), &cache);
    return slot;
}

void FrameArena::free(void *slot, std::size_t size) noexcept
{
    if (isInRange(slot)) {
        auto *const freed = static_cast<FreeSlot *>(slot);
        Chunk &chunk = chunkOf(slot);
        if (chunk.owner.load(std::memory_order_relaxed) == &cache) [[likely]] {
            const std::size_t c = (size + granule - 1) / granule;
            freed->next = cache.free[c];
            cache.free[c] = freed;
        } else {
            giveBack(chunk, freed);
            returns.fetch_add(1, std::memory_order_relaxed);
        }
        return;
    }
    {
        const std::lock_guard lock(shared().mutex);
        shared().fromMalloc.erase(static_cast<char *>(slot) + sizeof(FrameInfo));
    }
    std::free(slot);
}

bool FrameArena::owns(void *frame) noexcept
{
    if (isInRange(frame))
        return true;
    const std::lock_guard lock(shared().mutex);
    return shared().fromMalloc.contains(frame);
}

void FrameArena::forEach(Whose whose, const std::function<void(FrameInfo &)> &visit)
{
    if (whose == Whose::ThisThreads) {
        for (Chunk *chunk : cache.chunks)
            for (; chunk; chunk = chunk->next)
                visitChunk(chunk, visit);
    } else if (base()) {
        for (std::size_t at = 0; at < reserved.load(); at += chunkSize)
            visitChunk(reinterpret_cast<Chunk *>(base() + at), visit);
    }
    std::vector<FrameInfo *> frames; // visited without the lock: who visits may ask whose a frame is
    {
        const std::lock_guard lock(shared().mutex);
        for (const auto &[frame, thread] : shared().fromMalloc)
            if ((whose == Whose::Everybodys || thread == &cache) && infoBefore(frame)->id)
                frames.push_back(infoBefore(frame));
    }
    for (FrameInfo *frame : frames)
        visit(*frame);
}

} // namespace coroscope::trace
