// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/frame.h"

#include <cstddef>
#include <functional>

namespace coroscope::trace {

/// Memory for coroutine frames: thread-local free lists of 64-byte classes in one reserved range of
/// addresses, so that "is this frame traced?" is a comparison. Large frames, and all under
/// AddressSanitizer, come from malloc and stand in a table.
class FrameArena
{
public:
    static void *allocate(std::size_t size);
    static void free(void *slot, std::size_t size) noexcept;
    /// Whether the frame behind a FrameInfo came from here.
    static bool owns(void *frame) noexcept;

    enum class Whose { ThisThreads, Everybodys };
    /// Calls `visit` for each live frame. For Everybodys, other threads must not run coroutines meanwhile.
    static void forEach(Whose whose, const std::function<void(FrameInfo &)> &visit);
};

} // namespace coroscope::trace
