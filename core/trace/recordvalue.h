// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/text.h"
#include "core/trace/threadstate.h"

#include <charconv>
#include <concepts>

namespace coroscope::trace {

/// Writes a value down as text. Numbers, the commonest results, need no memory for it.
template<class T>
void recordValue(std::uint32_t task, TextKind kind, const T &value)
{
    if constexpr (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>) {
        char text[24];
        const auto end = std::to_chars(text, text + sizeof text, value).ptr;
        recordText(task, kind, QByteArrayView(text, end - text));
    } else if constexpr (std::same_as<T, QByteArray>) {
        recordText(task, kind, QByteArrayView(value));
    } else if constexpr (HasTraceText<T>) {
        recordText(task, kind, toTraceText(value));
    }
}

} // namespace coroscope::trace
