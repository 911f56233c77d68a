// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/laneshapes.h"

#include "ui/durations.h"
#include "ui/timeline/heldstretches.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

using model::LaneSpan;
using model::Task;
using trace::EntityKind;

/// A slice is never thinner, so that one of microseconds is seen; one that stands alone may take more.
constexpr double thinnest = 2;
constexpr double thinnestAlone = 3;
constexpr double alone = 10;
/// Nearer than this they run together to the eye.
constexpr double apart = 2;
/// Beside a slice by so much still points at it.
constexpr double reach = 3;
/// Where less room is, there is no text.
constexpr double leastRoom = 26;
/// The same reason is not repeated sooner.
constexpr double repeatAfter = 280;
/// A lane of a million unfinished coroutines shows the oldest; the rest would only cover them.
constexpr int mostFolded = 2000;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::LaneShapes)
public:
    static QString blocks(Time length) { return tr("blocks %1").arg(formatDuration(length)); }
    static QString blocked(Time length) { return tr("blocked %1").arg(formatDuration(length)); }
    static QString ready() { return tr("ready, loop busy"); }
    static QString readyButHeld() { return tr("ready, loop held"); }
    static QString by(const QString &who) { return tr("by %1").arg(who); }
    static QString forgotten() { return tr("forgotten"); }
    static QString lost() { return tr("frame destroyed"); }
};

QString firstLine(const QString &text)
{
    constexpr int most = 160;
    return text.left(most).section(QLatin1Char('\n'), 0, 0).simplified();
}

bool isSolid(LaneShape::Kind kind) { return kind >= LaneShape::Kind::Running; }

/// Who runs is drawn over who waits; else the order stays.
void raiseSolids(std::vector<LaneShape> &shapes)
{
    std::vector<LaneShape> solids;
    auto kept = shapes.begin();
    for (LaneShape &shape : shapes) {
        if (isSolid(shape.kind))
            solids.push_back(std::move(shape));
        else
            *kept++ = std::move(shape);
    }
    std::move(solids.begin(), solids.end(), kept);
}

LaneShape::Kind kindOf(const LaneSpan &span)
{
    if (span.blocking)
        return LaneShape::Kind::Blocking;
    switch (span.what) {
    case LaneSpan::What::Running:
        return LaneShape::Kind::Running;
    case LaneSpan::What::Waiting:
        return LaneShape::Kind::Waiting;
    case LaneSpan::What::Ready:
        return LaneShape::Kind::Ready;
    case LaneSpan::What::Forgotten:
        return LaneShape::Kind::Forgotten;
    case LaneSpan::What::Mixed:
        break;
    }
    return LaneShape::Kind::Mixed;
}

} // namespace

void LaneShapes::clear()
{
    shapes.clear();
    cap.reset();
}

const LaneShape *LaneShapes::at(double x) const
{
    const LaneShape *near = nullptr;
    double nearest = reach;
    const LaneShape *under = nullptr;
    for (auto shape = shapes.rbegin(); shape != shapes.rend(); ++shape) {
        const double distance = std::max({shape->left - x, x - shape->right, 0.0});
        if (shape->kind >= LaneShape::Kind::Mixed && distance < nearest) {
            nearest = distance;
            near = &*shape;
        } else if (!under && distance == 0) {
            under = &*shape;
        }
        if (nearest == 0)
            break;
    }
    return near ? near : under;
}

LaneShaper::LaneShaper(const LaneContext &context)
    : m_context(context)
    , m_seen(context.scale.range())
{
    m_seen.begin = std::max(m_seen.begin, Time {});
    m_seen.end = std::min(m_seen.end, context.now);
}

void LaneShaper::shape(const LaneLayout &layout, std::size_t row, LaneShapes &out)
{
    out.clear();
    const Lane &lane = layout.lane(row);
    const Task *task = m_context.store.task(lane.task);
    if (!task)
        return;
    if (m_seen.begin < m_seen.end) {
        addTask(lane.task, Part::Whole, out);
        const FoldedFrames &folded = layout.folded(row);
        if (folded.size() > 0) {
            const Part part = lane.fold == Fold::Closed ? Part::RunningOnly : Part::Whole;
            int left = mostFolded;
            folded.visit(m_seen, m_context.scale.resolution(), [&](const FoldedFrames::Frame &frame) {
                if (left-- > 0)
                    addTask(frame.task, part, out);
            });
            raiseSolids(out.shapes);
            // What is forgotten of a folded one hides nothing of the others.
            std::erase_if(out.shapes, [&](const LaneShape &shape) {
                return shape.kind == LaneShape::Kind::Forgotten && shape.task != lane.task;
            });
        }
        addTexts(layout, row, out);
    }
    if (task->ended && lane.entity != EntityKind::Loop && lane.entity != EntityKind::Worker)
        addCap(*task, out);
}

void LaneShaper::addTask(TaskId task, Part part, LaneShapes &out)
{
    const Task *known = m_context.store.task(task);
    if (!known)
        return;
    const bool machine = known->entity == EntityKind::Loop || known->entity == EntityKind::Worker;
    m_spans.clear();
    // Two pixels: nothing that runs is drawn thinner, so nothing finer would be seen.
    const Time step = 2 * m_context.scale.resolution(m_context.pixelRatio);
    m_context.store.spans(task, m_seen.begin, m_seen.end, step, m_spans);
    for (const LaneSpan &span : m_spans) {
        const bool waits = span.what == LaneSpan::What::Waiting || span.what == LaneSpan::What::Ready;
        const bool isForgotten = span.what == LaneSpan::What::Forgotten;
        if ((!waits && !isForgotten) || (part == Part::Whole && (!machine || isForgotten)))
            addShape(task, span, out);
    }
}

void LaneShaper::addShape(TaskId task, const LaneSpan &span, LaneShapes &out) const
{
    const auto snapped = [this](Time time) {
        return std::round(m_context.scale.x(time) * m_context.pixelRatio) / m_context.pixelRatio;
    };
    const double width = m_context.scale.width();
    LaneShape shape;
    shape.kind = kindOf(span);
    shape.open = span.open;
    // Far beyond the edges a painter's numbers lose their exactness.
    shape.left = std::max(snapped(span.begin), -2 * thinnest - reach);
    shape.right = std::min(snapped(span.end), width + thinnest + reach);
    // What was made wider than it is must not be covered by what follows.
    const LaneShape *before = out.shapes.empty() || out.shapes.back().task != task ? nullptr
                                                                                   : &out.shapes.back();
    if (shape.kind < LaneShape::Kind::Mixed) {
        if (before)
            shape.left = std::max(shape.left, before->right);
        if (shape.right <= shape.left)
            return;
    } else {
        const double gap = !before                                 ? alone
                           : before->kind < LaneShape::Kind::Mixed ? before->right - before->left
                                                                   : shape.left - before->right;
        const bool single = span.what == LaneSpan::What::Running;
        const bool isAlone = single && gap >= alone;
        const double least = std::ceil((isAlone ? thinnestAlone : thinnest) * m_context.pixelRatio)
                             / m_context.pixelRatio;
        shape.right = std::max(shape.right, shape.left + least);
        // Slices that stand close together and are drawn too wide must not look as if the lane were busy.
        const double length = m_context.scale.x(span.end) - m_context.scale.x(span.begin);
        if (!single || length < least) {
            const double ran = m_context.scale.x(span.begin + span.busy) - m_context.scale.x(span.begin);
            const double share = std::min(1.0, ran / std::max(least, length));
            const double freedom = single ? std::clamp((gap - apart) / (alone - apart), 0.0, 1.0) : 0;
            shape.density = static_cast<float>(share + (1 - share) * freedom);
        }
    }
    shape.count = span.count;
    shape.busy = span.busy;
    shape.task = task;
    shape.slice = span.slice;
    shape.begin = span.begin;
    shape.end = span.end;
    out.shapes.push_back(std::move(shape));
}

void LaneShaper::addTexts(const LaneLayout &layout, std::size_t row, LaneShapes &out) const
{
    WaitReason last;
    QString lastWords;
    double lastAt = -repeatAfter;
    for (LaneShape &shape : out.shapes) {
        const double left = std::max(0.0, shape.left);
        const double room = std::min(shape.right, m_context.scale.width()) - left;
        if (room < leastRoom)
            continue;
        if (shape.kind == LaneShape::Kind::Forgotten) {
            shape.text = Texts::forgotten();
        } else if (shape.kind == LaneShape::Kind::Ready) {
            const bool held = wasHeld(m_context.store.marks(), {shape.begin, shape.end}, m_context.now);
            shape.text = held ? Texts::readyButHeld() : Texts::ready();
        } else if (shape.kind == LaneShape::Kind::Waiting) {
            WaitReason reason = reasonOf(layout, row, shape);
            const double needed = static_cast<double>(reason.full.size()) * m_context.letter;
            const QString &words = needed <= room || reason.brief.isEmpty() ? reason.full : reason.brief;
            // Of a hundred waits for the same thing, one says so.
            if (reason.full == last.full && words.size() <= lastWords.size() && left < lastAt + repeatAfter)
                continue;
            shape.text = lastWords = words;
            last = std::move(reason);
            lastAt = left;
        } else if (isSolid(shape.kind) && shape.count == 1) {
            shape.text = runningWords(layout.lane(row).entity, shape, room);
        }
    }
}

WaitReason LaneShaper::reasonOf(const LaneLayout &layout, std::size_t row, const LaneShape &shape) const
{
    const auto &store = m_context.store;
    const Task *task = store.task(shape.task);
    const model::Wait wait = shape.open && task ? task->wait : store.slice(shape.task, shape.slice).wait;
    const bool forTask = wait.kind == trace::WaitKind::Task || wait.kind == trace::WaitKind::Join;
    const TaskId awaited {static_cast<std::uint32_t>(forTask ? wait.detail : 0)};
    if (forTask && !layout.hasOwnLane(awaited) && layout.rowOf(awaited) == row)
        return {}; // what that one waits for is written over it
    if (const model::Moment *past = m_context.past) {
        const bool isUnderWay = shape.begin <= past->now() && (shape.open || past->now() < shape.end);
        const auto then = isUnderWay ? past->task(shape.task) : nullptr;
        if (!then)
            return waitReason(store, wait, nullptr);
        const OpenWait open {*then, past->now()};
        return waitReason(*past, wait, &open);
    }
    std::optional<OpenWait> open;
    if (shape.open && task)
        open.emplace(OpenWait {*task, m_context.now});
    return waitReason(store, wait, open ? &*open : nullptr);
}

QString LaneShaper::runningWords(EntityKind entity, const LaneShape &shape, double room) const
{
    const Time length = (shape.open ? m_context.now : shape.end) - shape.begin;
    if (entity == EntityKind::Worker) {
        const model::Slice slice = m_context.store.slice(shape.task, shape.slice);
        if (slice.label)
            return m_context.store.string(slice.label);
    }
    if (shape.kind == LaneShape::Kind::Blocking) {
        const QString words = entity == EntityKind::Loop ? Texts::blocked(length) : Texts::blocks(length);
        return double(words.size() + 4) * m_context.letter <= room ? words : formatDuration(length);
    }
    return entity == EntityKind::Loop ? QString() : formatDuration(length);
}

void LaneShaper::addCap(const Task &task, LaneShapes &out) const
{
    const double x = m_context.scale.x(*task.ended);
    if (*task.ended > m_context.now || x < -reach || x > m_context.scale.width())
        return;
    EndCap cap {.x = x, .state = task.state, .text = {}};
    switch (task.state) {
    case model::TaskState::Failed:
        cap.text = firstLine(task.error);
        break;
    case model::TaskState::Cancelled:
        cap.text = task.cancelledBy.isEmpty() ? QString() : Texts::by(task.cancelledBy);
        break;
    case model::TaskState::Lost:
        cap.text = Texts::lost();
        break;
    default:
        cap.text = firstLine(task.result);
    }
    out.cap = std::move(cap);
}

} // namespace coroscope::ui
