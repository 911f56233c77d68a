// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <exception>

namespace coroscope {

/// Thrown inside a cancelled coroutine, where it waits. Let it pass, or clean up (which may await) and throw
/// it again; a coroutine that swallows it goes on.
class CancelledError : public std::exception
{
public:
    const char *what() const noexcept override { return "cancelled"; }
};

} // namespace coroscope
