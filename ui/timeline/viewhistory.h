// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "core/trace/ids.h"

#include <chrono>
#include <optional>
#include <vector>

namespace coroscope::ui {

/// What a timeline showed, as far as going back restores it.
struct Place
{
    TimeRange range;
    int scroll = 0;
    bool following = false;
    TaskId task;
    std::optional<std::uint32_t> slice;
    friend bool operator==(const Place &, const Place &) = default;
};

/// What made a timeline show another place at once.
enum class Jump : std::uint8_t {
    Fit,
    Begin,
    Follow,
    Cause,
    Find,
    Note,
    Slice,
    Minimap,
    Reveal, ///< asked for from outside, perhaps as a part of another jump
};

/// The places that jumps left, to go back to and forth from, as in a browser. Jumps of one kind in quick
/// succession are one.
class ViewHistory
{
public:
    using Clock = std::chrono::steady_clock;

    /// `place` is about to be left. Drops what could be gone forth to.
    void leave(const Place &place, Jump jump, Clock::time_point when = Clock::now());
    /// Where to go from `present`; nothing at the end. `present` becomes where to come back to.
    std::optional<Place> back(const Place &present);
    std::optional<Place> forward(const Place &present);

private:
    static std::optional<Place> move(std::vector<Place> &from, std::vector<Place> &to, const Place &present);

    std::vector<Place> m_back;
    std::vector<Place> m_forward;
    std::optional<Jump> m_last;
    Clock::time_point m_lastTime;
};

} // namespace coroscope::ui
