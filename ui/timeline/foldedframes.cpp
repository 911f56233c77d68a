// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/foldedframes.h"

#include <algorithm>

namespace coroscope::ui {

std::uint32_t FoldedFrames::add(TaskId task, Time begin)
{
    const auto number = static_cast<std::uint32_t>(m_frames.size());
    m_frames.push_back({.task = task, .begin = begin});
    if (number % blockSize == 0)
        m_blockEnds.emplace_back();
    m_blockEnds.back() = m_frames.back().end;
    return number;
}

void FoldedFrames::setEnd(std::uint32_t number, Time end)
{
    m_frames[number].end = end;
    const std::size_t block = number / blockSize;
    const auto first = m_frames.begin() + static_cast<std::ptrdiff_t>(block * blockSize);
    const auto last = m_frames.begin()
                      + static_cast<std::ptrdiff_t>(std::min((block + 1) * blockSize, m_frames.size()));
    m_blockEnds[block] = std::max_element(first, last, [](const Frame &a, const Frame &b) {
                             return a.end < b.end;
                         })->end;
}

} // namespace coroscope::ui
