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
constexpr std::size_t manyFree = 4096; // a thread that frees what others allocate gives some back

/// A stretch of slots of one class. Its header fills the first granule.
struct Chunk
{
    std::size_t slotSize;
    std::size_t used; // bytes, header included
    Chunk *nextOfThread;
};
static_assert(sizeof(Chunk) <= granule);

/// A free slot; its id stays 0. The link stands behind where the id was.
struct FreeSlot
{
    std::uint64_t id;
    FreeSlot *next;
};

struct Shared
{
    std::mutex mutex;
    std::array<FreeSlot *, classes> given {}; // slots that threads gave back
    std::array<std::vector<Chunk *>, classes> orphans; // chunks of threads that ended
    std::unordered_map<void *, const void *> fromMalloc; // frames (not slots), and the thread that made them
};

Shared &shared()
{
    static Shared *const instance = new Shared; // frames may die after main()
    return *instance;
}

std::atomic<std::size_t> reserved {0};

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
    std::array<std::uint32_t, classes> count {};
    std::array<Chunk *, classes> current {};
    Chunk *chunks = nullptr;
    bool guarded = false;
};
constinit thread_local Cache cache {};

/// When a thread ends its slots go to the others.
struct CacheGuard
{
    ~CacheGuard()
    {
        Shared &s = shared();
        const std::lock_guard lock(s.mutex);
        for (std::size_t c = 0; c < classes; ++c) {
            while (FreeSlot *slot = cache.free[c]) {
                cache.free[c] = slot->next;
                slot->next = s.given[c];
                s.given[c] = slot;
            }
        }
        for (Chunk *chunk = cache.chunks; chunk;) {
            Chunk *const next = chunk->nextOfThread;
            s.orphans[chunk->slotSize / granule].push_back(chunk);
            chunk = next;
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

/// Slots that other threads gave back. Null: there are none.
FreeSlot *takeGiven(std::size_t c)
{
    Shared &s = shared();
    const std::lock_guard lock(s.mutex);
    FreeSlot *const slot = s.given[c];
    if (slot)
        s.given[c] = slot->next;
    return slot;
}

Chunk *newChunk(std::size_t c)
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
            return nullptr;
        chunk = new (start + at) Chunk {c * granule, granule, nullptr};
    }
    chunk->nextOfThread = cache.chunks;
    cache.chunks = chunk;
    return cache.current[c] = chunk;
}

void *allocateSlow(std::size_t c)
{
    if (!cache.guarded)
        guardCache();
    if (FreeSlot *slot = takeGiven(c))
        return slot;
    Chunk *chunk = cache.current[c];
    if (!chunk || chunk->used + chunk->slotSize > chunkSize)
        chunk = newChunk(c);
    if (!chunk)
        return nullptr;
    void *const slot = reinterpret_cast<char *>(chunk) + chunk->used;
    chunk->used += chunk->slotSize;
    return slot;
}

void giveBack(std::size_t c)
{
    Shared &s = shared();
    const std::lock_guard lock(s.mutex);
    while (cache.count[c] > manyFree / 2) {
        FreeSlot *const slot = cache.free[c];
        cache.free[c] = slot->next;
        --cache.count[c];
        slot->next = s.given[c];
        s.given[c] = slot;
    }
}

bool isInRange(const void *p) { return std::size_t(static_cast<const char *>(p) - base()) < span && base(); }

void visitChunk(Chunk *chunk, const std::function<void(FrameInfo &)> &visit)
{
    char *const start = reinterpret_cast<char *>(chunk);
    for (std::size_t at = granule; at + chunk->slotSize <= chunk->used; at += chunk->slotSize) {
        auto *const info = reinterpret_cast<FrameInfo *>(start + at);
        if (info->id)
            visit(*info);
    }
}

} // namespace

void *FrameArena::allocate(std::size_t size)
{
    const std::size_t c = (size + granule - 1) / granule;
    if (c < classes) {
        if (FreeSlot *slot = cache.free[c]) [[likely]] {
            cache.free[c] = slot->next;
            --cache.count[c];
            return slot;
        }
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
        const std::size_t c = (size + granule - 1) / granule;
        auto *const freed = static_cast<FreeSlot *>(slot);
        freed->next = cache.free[c];
        cache.free[c] = freed;
        if (++cache.count[c] > manyFree) [[unlikely]]
            giveBack(c);
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
        for (Chunk *chunk = cache.chunks; chunk; chunk = chunk->nextOfThread)
            visitChunk(chunk, visit);
    } else if (base()) {
        for (std::size_t at = 0; at < reserved.load(); at += chunkSize)
            visitChunk(reinterpret_cast<Chunk *>(base() + at), visit);
    }
    std::vector<FrameInfo *> large; // the visitor may ask for other frames: not under the lock
    {
        const std::lock_guard lock(shared().mutex);
        for (const auto &[frame, thread] : shared().fromMalloc)
            if (whose == Whose::Everybodys || thread == &cache)
                large.push_back(infoBefore(frame));
    }
    for (FrameInfo *info : large)
        if (info->id)
            visit(*info);
}

} // namespace coroscope::trace
