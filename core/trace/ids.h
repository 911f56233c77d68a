// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#ifndef Q_MOC_RUN // Qt 6.4's moc can't read it
#    include <compare>
#endif
#include <cstdint>
#include <functional>

namespace coroscope {

/// A number that can't be mistaken for another kind of number. Zero means "none".
template<class Tag>
struct Id
{
    std::uint32_t value = 0;

    constexpr explicit operator bool() const noexcept { return value != 0; }
    friend constexpr auto operator<=>(const Id &, const Id &) = default;
};

/// Whatever has a lane: a coroutine, a spawned task, a loop, a worker. Unique in the process.
using TaskId = Id<struct TaskTag>;
/// A future that tasks can wait for. Unique in the process.
using FutureId = Id<struct FutureTag>;
/// One `wait()` over several tasks. Unique in the process.
using WaitId = Id<struct WaitTag>;
/// A text in the process-wide table of `core/trace/strings.h`.
using StringId = Id<struct StringTag>;

} // namespace coroscope

template<class Tag>
struct std::hash<coroscope::Id<Tag>>
{
    std::size_t operator()(coroscope::Id<Tag> id) const noexcept { return id.value * 0x9E3779B97F4A7C15ull; }
};

namespace coroscope {
template<class Tag>
std::size_t qHash(Id<Tag> id, std::size_t seed = 0) noexcept
{
    return std::hash<Id<Tag>> {}(id) ^ seed;
}
} // namespace coroscope
