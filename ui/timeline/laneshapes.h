// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanelayout.h"
#include "ui/timeline/timescale.h"
#include "ui/timeline/waitreason.h"

#include <optional>
#include <vector>

namespace coroscope::ui {

/// A rectangle of a lane, from `left` to `right` in pixels of the view; as high as its kind says.
struct LaneShape
{
    enum class Kind : std::uint8_t {
        Forgotten, ///< more than is kept: nobody knows
        Waiting, ///< light, with the reason in words
        Ready, ///< hatched: woken, and the loop is busy
        Mixed, ///< many slices too short to tell apart
        Running, ///< solid
        Blocking, ///< red: ran, and held up everything else
    };
    Kind kind = Kind::Running;
    bool open = false; ///< goes on
    double left = 0;
    double right = 0;
    float density = 1; ///< how much of what is drawn ran: less than 1 where it is wider than it was long
    std::uint32_t count = 1; ///< slices it stands for
    TaskId task; ///< whose: the lane's task, or one folded into the lane
    std::uint32_t slice = 0; ///< the (first) slice, or the one before the wait: TraceStore::slice()
    Time begin {};
    Time end {};
    Time busy {}; ///< of it, running
    QString text; ///< what there is room for, roughly: the painter elides it
};

/// How a lane's task ended.
struct EndCap
{
    double x = 0;
    model::TaskState state {};
    QString text; ///< result, error or who cancelled it; one line
};

/// Everything to draw of a lane, in the order to draw it.
struct LaneShapes
{
    std::vector<LaneShape> shapes;
    std::optional<EndCap> cap;

    void clear();
    /// What is seen at `x`; a little beside a thin slice counts as on it.
    const LaneShape *at(double x) const;
};

/// What is common to the lanes of one picture.
struct LaneContext
{
    const model::TraceStore &store;
    TimeScale scale;
    Time now {};
    double pixelRatio = 1;
    double letter = 6.2; ///< width of an average letter, in pixels
    const model::Moment *past =
        nullptr; ///< where a playhead stands: waits that it lies in are told as of then
};

/// Computes the shapes of a lane. Costs O(pixels), however many slices it has. Keeps its buffers for the
/// next.
class LaneShaper
{
public:
    explicit LaneShaper(const LaneContext &context);
    /// Replaces what `out` holds.
    void shape(const LaneLayout &layout, std::size_t row, LaneShapes &out);

private:
    enum class Part : std::uint8_t { Whole, RunningOnly };
    void addTask(TaskId task, Part part, LaneShapes &out);
    void addShape(TaskId task, const model::LaneSpan &span, LaneShapes &out) const;
    void addTexts(const LaneLayout &layout, std::size_t row, LaneShapes &out) const;
    WaitReason reasonOf(const LaneLayout &layout, std::size_t row, const LaneShape &shape) const;
    QString runningWords(trace::EntityKind entity, const LaneShape &shape, double room) const;
    void addCap(const model::Task &task, LaneShapes &out) const;

    LaneContext m_context;
    TimeRange m_seen;
    std::vector<model::LaneSpan> m_spans;
};

} // namespace coroscope::ui
