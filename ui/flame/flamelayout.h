// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/flamegraph.h"

#include <optional>

namespace coroscope::ui {

/// A flame graph as it stood at one moment, with its sums: what is drawn until the next one.
class FlamePicture
{
public:
    using Index = model::FlameGraph::Index;
    using Frame = model::FlameGraph::Frame;

    FlamePicture() = default;
    FlamePicture(const model::FlameGraph &graph, model::FlameGraph::Weight weight);

    model::FlameGraph::Weight weight() const { return m_weight; }
    std::size_t size() const { return m_frames.size(); }
    const Frame &frame(Index i) const { return m_frames[i]; }
    model::Time total(Index i) const { return m_totals[i]; }
    /// Without what is below it.
    model::Time self(Index i) const;
    bool isEmpty() const { return m_totals.empty() || m_totals[0] <= model::Time {}; }
    /// Of `of` (the root: of all), 0…1.
    double share(Index i, Index of = 0) const;
    const std::vector<Index> &children(Index i) const { return m_children[i]; }
    bool isBelow(Index i, Index ancestor) const;

private:
    model::FlameGraph::Weight m_weight = model::FlameGraph::Weight::Busy;
    std::vector<Frame> m_frames;
    std::vector<model::Time> m_totals;
    std::vector<std::vector<Index>> m_children; ///< those that have a weight
};

/// A rectangle of the picture: a frame, or several that are too narrow to be told apart.
struct FlameBox
{
    FlamePicture::Index frame = 0;
    std::uint32_t row = 0;
    double left = 0;
    double right = 0;
    std::uint32_t narrow = 0; ///< how many frames it stands for; 0: `frame` alone
    bool isAncestor = false; ///< of the frame that is zoomed into: it is wider than it is drawn
};

/// The boxes of `width` pixels when `zoom` fills the width: its ancestors over it, what it calls below it in
/// order of creation, its own reasons last. Frames narrower than a pixel are put together. By row,
/// then by left.
std::vector<FlameBox> layOutFlame(const FlamePicture &picture, FlamePicture::Index zoom, double width);

} // namespace coroscope::ui
