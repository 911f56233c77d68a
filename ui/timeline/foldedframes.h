// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "core/trace/ids.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace coroscope::ui {

/// The tasks that are drawn in one lane together with the lane's own, in order of creation.
///
/// A task may call a million short coroutines. visit() passes over the ones that a picture can't show, many
/// at a time: over those outside of its range, and over those that fall on a pixel that is drawn already.
class FoldedFrames
{
public:
    struct Frame
    {
        TaskId task;
        Time begin {};
        Time end {std::numeric_limits<std::int64_t>::max()}; ///< as long as it lives: the end of time
    };

    /// Frames come in order of `begin`. Returns the frame's number.
    std::uint32_t add(TaskId task, Time begin);
    void setEnd(std::uint32_t number, Time end);
    std::size_t size() const { return m_frames.size(); }

    /// Calls `f(Frame)` in order of creation.
    template<class F>
    void visit(TimeRange range, Time resolution, F f) const
    {
        Time covered = range.begin - resolution;
        for (std::size_t block = 0; block < m_blockEnds.size(); ++block) {
            const std::size_t first = block * blockSize;
            if (m_frames[first].begin >= range.end)
                return;
            if (m_blockEnds[block] < range.begin || m_blockEnds[block] < covered)
                continue;
            const std::size_t last = std::min(first + blockSize, m_frames.size());
            for (std::size_t i = first; i < last; ++i) {
                const Frame &frame = m_frames[i];
                if (frame.end < range.begin || frame.end < covered || frame.begin >= range.end)
                    continue;
                if (frame.end - frame.begin < resolution)
                    covered = frame.begin + resolution;
                f(frame);
            }
        }
    }

private:
    static constexpr std::size_t blockSize = 64;
    std::vector<Frame> m_frames;
    std::vector<Time> m_blockEnds; ///< the latest end in each block
};

} // namespace coroscope::ui
