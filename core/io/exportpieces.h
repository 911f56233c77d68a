// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <optional>

namespace coroscope::io {

/// A stretch of a lane, in full detail: what TraceStore::spans() gives where every pixel is a nanosecond.
struct LanePiece
{
    enum class What : std::uint8_t { Running, Waiting, Ready };
    What what = What::Running;
    bool open = false; ///< goes on at the store's now()
    model::Time begin {};
    model::Time end {};
    /// Of the slice that runs, or of the one that this wait follows (LaneSpan::beforeFirst: none).
    std::uint32_t index = 0;
    model::Slice slice; ///< that slice

    model::Time length() const { return end - begin; }
};

/// Goes through a lane from its begin to its end, a piece at a time, so that nobody has to hold them all.
/// Pieces are in order and don't overlap; waits and turns without length are left out. The store must not
/// change meanwhile.
class LaneWalk
{
public:
    LaneWalk(const model::TraceStore &store, const model::Task &task);

    std::optional<LanePiece> next();

private:
    struct Gap
    {
        model::Time begin;
        std::optional<model::Time> ready;
        std::uint32_t index;
        model::Slice slice;
    };
    void loadSlice();
    std::optional<LanePiece> takeSlice();
    std::optional<LanePiece> takeGap();

    const model::TraceStore &m_store;
    const model::Task &m_task;
    const std::uint32_t m_count;
    std::uint32_t m_index = 0; ///< of m_slice
    std::optional<model::Slice> m_slice; ///< the next to come
    std::optional<Gap> m_gap; ///< comes before it
};

} // namespace coroscope::io
