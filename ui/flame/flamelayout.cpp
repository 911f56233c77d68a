// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/flame/flamelayout.h"

#include <algorithm>
#include <tuple>

namespace coroscope::ui {

using model::Time;

FlamePicture::FlamePicture(const model::FlameGraph &graph, model::FlameGraph::Weight weight)
    : m_weight(weight)
    , m_frames(graph.frames())
    , m_totals(graph.totals(weight))
    , m_children(m_frames.size())
{
    for (Index i = 1; i < m_frames.size(); ++i) {
        if (m_totals[i] > Time {})
            m_children[m_frames[i].parent].push_back(i);
    }
    // What it calls stands before what it waits for itself. Whatever range is read, and in whatever order,
    // a function keeps its place.
    for (auto &children : m_children) {
        std::ranges::sort(children, {}, [this](Index i) {
            return std::tuple(m_frames[i].isReason, m_frames[i].firstTask, i);
        });
    }
}

Time FlamePicture::self(Index i) const
{
    return m_frames[i].self[std::size_t(m_weight)] + m_frames[i].open[std::size_t(m_weight)];
}

double FlamePicture::share(Index i, Index of) const
{
    return m_totals[of] > Time {} ? double(m_totals[i].count()) / double(m_totals[of].count()) : 0;
}

bool FlamePicture::isBelow(Index i, Index ancestor) const
{
    while (i > ancestor)
        i = m_frames[i].parent;
    return i == ancestor;
}

std::vector<FlameBox> layOutFlame(const FlamePicture &picture, FlamePicture::Index zoom, double width)
{
    std::vector<FlameBox> boxes;
    if (picture.isEmpty() || zoom >= picture.size() || picture.total(zoom) <= Time {} || width < 1)
        return boxes;
    const std::uint32_t depth = picture.frame(zoom).depth;
    for (auto i = zoom; i != 0;) {
        i = picture.frame(i).parent;
        boxes.push_back({i, picture.frame(i).depth, 0, width, 0, true});
    }
    std::reverse(boxes.begin(), boxes.end());
    boxes.push_back({zoom, depth, 0, width, 0, false});
    const double perTime = width / double(picture.total(zoom).count());
    // Breadth first: each row is whole before the next begins.
    for (std::size_t next = boxes.size() - 1; next < boxes.size(); ++next) {
        const FlameBox box = boxes[next];
        if (box.narrow > 0)
            continue;
        double left = box.left;
        FlameBox heap {0, box.row + 1, left, left, 0, false};
        const auto flush = [&] {
            if (heap.narrow > 0 && heap.right - heap.left >= 0.5)
                boxes.push_back(heap);
            heap.narrow = 0;
        };
        for (const auto child : picture.children(box.frame)) {
            const double right = left + double(picture.total(child).count()) * perTime;
            if (right - left >= 1) {
                flush();
                boxes.push_back({child, box.row + 1, left, right, 0, false});
            } else {
                if (heap.narrow++ == 0)
                    heap.left = left;
                heap.right = right;
                heap.frame = child;
            }
            left = right;
        }
        flush();
    }
    return boxes;
}

} // namespace coroscope::ui
