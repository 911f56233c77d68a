// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/note.h"

#include <chrono>
#include <optional>

namespace coroscope::download {

/// Tells the trace how far the running task is, about twenty times a second at most.
class ProgressMeter
{
public:
    void update(std::uint64_t done, std::optional<std::uint64_t> total, trace::ProgressUnit unit)
    {
        constexpr auto interval = std::chrono::milliseconds(50);
        const auto now = std::chrono::steady_clock::now();
        const bool isEnd = total && done == *total;
        if (m_last && !isEnd && now - *m_last < interval)
            return;
        m_last = now;
        trace::progress(done, total, unit);
    }

private:
    std::optional<std::chrono::steady_clock::time_point> m_last;
};

} // namespace coroscope::download
