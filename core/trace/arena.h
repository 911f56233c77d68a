// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/frame.h"

#include <array>
#include <cstddef>
#include <functional>
#include <new>

namespace coroscope::trace {

/// Memory for coroutine frames: thread-local free lists of 64-byte classes in one reserved range of
/// addresses, so that "is this frame traced?" is a comparison. Large frames, and all under
/// AddressSanitizer, come from malloc and stand in a table.
///
/// A coroutine that ends at once lives for some 20 ns: what it takes and gives back most often is inline.
class FrameArena
{
public:
    static void *allocate(std::size_t size);
    static void free(FrameInfo *slot, std::size_t size) noexcept;
    /// Whether the frame behind a FrameInfo came from here.
    static bool owns(const void *frame) noexcept;

    enum class Whose { ThisThreads, Everybodys };
    /// Calls `visit` for each live frame. For Everybodys, other threads must not run coroutines meanwhile.
    static void forEach(Whose whose, const std::function<void(FrameInfo &)> &visit);

private:
    static constexpr std::size_t granule = 64;
    static constexpr std::size_t classes = 65; // frames of up to 4 KiB
    static constexpr std::size_t chunkSize = std::size_t(128) * 1024;
    static constexpr std::size_t span = std::size_t(1) << 36; // addresses, not memory

    struct Chunk;
    struct Cache;
    class CacheGuard;
    struct Shared;

    static constexpr std::size_t classOf(std::size_t size) { return (size + granule - 1) / granule; }
    static bool isInRange(const void *p) noexcept;
    static Chunk &chunkOf(FrameInfo *slot) noexcept;

    static void *allocateSlow(std::size_t size);
    static void freeSlow(FrameInfo *slot) noexcept;
    static bool ownsSlow(const void *frame) noexcept;

    static Shared &shared();
    static char *reserve();
    static void enter();
    static FrameInfo *takeFree(std::size_t c);
    static void giveBack(Chunk &chunk, FrameInfo *slot);
    static void collectReturns(std::size_t c);
    static void *cutSlot(std::size_t c);
    static bool addChunk(std::size_t c);
    static void visitChunk(Chunk *chunk, const std::function<void(FrameInfo &)> &visit);

    static thread_local Cache s_cache;
};

/// A stretch of slots of one class, at a multiple of its size. Its header fills the first granule. Only the
/// thread that owns it takes slots from it, so a walk over a thread's chunks meets no frame that another
/// thread makes meanwhile; what other threads free waits in `returned`.
struct FrameArena::Chunk
{
    std::size_t slotSize;
    std::size_t used; // bytes, header included
    Chunk *next; // of the thread's, of the same class
    std::atomic<Cache *> owner; // null: its thread has ended
    std::atomic<FrameInfo *> returned;
};

/// What a thread has. A free slot is a FrameInfo whose id is 0; `next` links it.
struct FrameArena::Cache
{
    /// Where the range begins; before the thread's first frame nothing is in it.
    std::uintptr_t base = ~std::uintptr_t(0);
    std::array<FrameInfo *, classes> free {};
    std::array<Chunk *, classes> chunks {}; // the first is the one that slots are cut from
    std::array<std::uint64_t, classes> seenReturns {};
};

inline constinit thread_local FrameArena::Cache FrameArena::s_cache {};

inline bool FrameArena::isInRange(const void *p) noexcept
{
    return reinterpret_cast<std::uintptr_t>(p) - s_cache.base < span;
}

inline FrameArena::Chunk &FrameArena::chunkOf(FrameInfo *slot) noexcept
{
    return *reinterpret_cast<Chunk *>(reinterpret_cast<std::uintptr_t>(slot) & ~(chunkSize - 1));
}

inline void *FrameArena::allocate(std::size_t size)
{
    const std::size_t c = classOf(size);
    Cache &cache = s_cache;
    if (c < classes) [[likely]] {
        if (FrameInfo *const slot = cache.free[c]) [[likely]] {
            cache.free[c] = slot->next;
            return slot;
        }
    }
    return allocateSlow(size);
}

inline void FrameArena::free(FrameInfo *slot, std::size_t size) noexcept
{
    Cache &cache = s_cache;
    if (isInRange(slot) && chunkOf(slot).owner.load(std::memory_order_relaxed) == &cache) [[likely]] {
        const std::size_t c = classOf(size);
        slot->next = cache.free[c];
        cache.free[c] = slot;
        return;
    }
    freeSlow(slot);
}

inline bool FrameArena::owns(const void *frame) noexcept { return isInRange(frame) || ownsSlow(frame); }

/// Memory for a frame, behind a fresh FrameInfo.
inline void *allocateFrame(std::size_t size)
{
    void *const slot = FrameArena::allocate(size + sizeof(FrameInfo));
    new (slot) FrameInfo;
    return static_cast<char *>(slot) + sizeof(FrameInfo);
}

inline void freeFrame(void *frame, std::size_t size) noexcept
{
    FrameInfo *const info = infoBefore(frame);
    std::atomic_ref(info->id).store(0, std::memory_order_relaxed);
    FrameArena::free(info, size + sizeof(FrameInfo));
}

/// The frame's info, if its coroutine is traced; else null (a coroutine compiled without tracing).
inline FrameInfo *infoOfFrame(void *frame) noexcept
{
    return frame && FrameArena::owns(frame) ? infoBefore(frame) : nullptr;
}

} // namespace coroscope::trace
