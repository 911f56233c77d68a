// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/slicetip.h"

#include "ui/durations.h"
#include "ui/quantities.h"
#include "ui/tasks/taskwords.h"
#include "ui/timeline/forgottenstretch.h"
#include "ui/timeline/heldstretches.h"
#include "ui/timeline/waitreason.h"

#include <QCoreApplication>
#include <QStringList>

namespace coroscope::ui {

using model::Slice;
using model::Task;

namespace {

class Tip
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::SliceTip)
public:
    explicit Tip(const TipContext &context)
        : m_context(context)
    { }

    void title(const Task &task)
    {
        QString line = QStringLiteral("<b>%1</b>").arg(shortened(task.name).toHtmlEscaped());
        if (task.entity == trace::EntityKind::Spawned || task.entity == trace::EntityKind::Coroutine)
            line += dim(QStringLiteral(" #%1").arg(task.id.value));
        m_lines << line;
    }

    void forgotten(const LaneShape &shape)
    {
        m_lines << forgottenTip(m_context.store, shape.task).toHtmlEscaped();
    }

    void slices(const LaneShape &shape, const Task &task)
    {
        const auto &store = m_context.store;
        if (shape.kind == LaneShape::Kind::Mixed || shape.count > 1) {
            m_lines << tr("%Ln slices, %1 in all", nullptr, static_cast<int>(shape.count))
                           .arg(formatDuration(shape.busy));
            m_lines << dim(
                tr("from %1, for %2").arg(moment(shape.begin), formatDuration(shape.end - shape.begin)));
            return;
        }
        const Slice slice = store.slice(shape.task, shape.slice);
        const Time length = shape.open ? m_context.now - slice.begin : slice.end - slice.begin;
        const bool loop = task.entity == trace::EntityKind::Loop;
        QString line = loop ? tr("awake for %1").arg(formatDuration(length))
                            : tr("ran for %1").arg(formatDuration(length));
        if (shape.open)
            line = loop ? tr("awake, %1 so far").arg(formatDuration(length))
                        : tr("running, %1 so far").arg(formatDuration(length));
        if (shape.kind == LaneShape::Kind::Blocking)
            line += QStringLiteral(" · ") + (loop ? tr("blocked") : tr("blocks the loop"));
        m_lines << line;
        if (slice.label)
            m_lines << shortened(store.string(slice.label)).toHtmlEscaped();
        m_lines << dim(tr("from %1").arg(moment(slice.begin)));
        if (const QString cause = store.describe(slice.cause, slice.causer); !cause.isEmpty() && !loop)
            m_lines << tr("woken by: %1").arg(shortened(cause).toHtmlEscaped());
        if (slice.wait.kind != trace::WaitKind::None && slice.wait.kind != trace::WaitKind::Idle
            && !shape.open) {
            m_lines << tr("then waits: %1").arg(shortened(store.describe(slice.wait)).toHtmlEscaped());
            site(slice.wait.site);
        }
    }

    void wait(const LaneShape &shape, const Task &task)
    {
        const auto &store = m_context.store;
        const Slice slice = store.slice(shape.task, shape.slice);
        const model::Wait wait = shape.open ? task.wait : slice.wait;
        const Time end = shape.open ? m_context.now : shape.end;
        if (shape.kind == LaneShape::Kind::Ready) {
            m_lines << tr("ready for %1, the loop is busy").arg(formatDuration(end - shape.begin));
        } else {
            const Time length = end - shape.begin;
            m_lines << (shape.open ? tr("waits for %1 so far").arg(formatDuration(length))
                                   : tr("waited for %1").arg(formatDuration(length)));
        }
        std::optional<OpenWait> open;
        if (shape.open)
            open.emplace(OpenWait {task, m_context.now});
        QString reason = waitReason(store, wait, open ? &*open : nullptr).full;
        if (reason.isEmpty())
            reason = store.describe(wait);
        if (!reason.isEmpty())
            m_lines << shortened(reason).toHtmlEscaped();
        m_lines << dim(tr("since %1").arg(moment(shape.begin)));
        site(wait.site);
    }

    void facts(const Task &task)
    {
        m_lines << stateText(task.state).toHtmlEscaped();
        if (task.progress)
            m_lines << formatProgress(*task.progress).toHtmlEscaped();
        if (const QString outcome = hasEnded(task.state) ? outcomeText(task) : QString(); outcome.size() > 1)
            m_lines << shortened(outcome).toHtmlEscaped();
        for (const Warning &warning : warningsOf(m_context.store, task))
            m_lines << QStringLiteral("<b>%1</b>").arg(warning.text.toHtmlEscaped());
        const model::Location &location = m_context.store.location(task.location);
        if (!location.function.isEmpty())
            m_lines << dim(shortened(location.function).toHtmlEscaped());
        site(task.location);
    }

    void mark(const model::Mark &mark)
    {
        if (mark.kind == model::Mark::Kind::Lost) {
            m_lines << QStringLiteral("<b>%1</b>")
                           .arg(mark.count == 1
                                    ? tr("1 event lost")
                                    : tr("%Ln events lost", nullptr, static_cast<int>(mark.count)));
            m_lines << tr(
                "They came faster than they could be recorded.<br>What is drawn here may be incomplete.");
        } else if (mark.kind == model::Mark::Kind::Held) {
            m_lines << QStringLiteral("<b>%1</b>").arg(tr("loop held"));
            m_lines << tr("Only single steps ran, and its timers stood still.");
        } else {
            m_lines << QStringLiteral("<b>%1</b>").arg(tr("loop blocked"));
        }
        m_lines << dim(tr("from %1, for %2")
                           .arg(moment(mark.begin), formatDuration(endOf(mark, m_context.now) - mark.begin)));
    }

    QString text() const
    {
        return QStringLiteral("<p style='margin:0; white-space:pre'>%1</p>")
            .arg(m_lines.join(QStringLiteral("<br>")));
    }

private:
    QString dim(const QString &html) const
    {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(m_context.theme.dimOnFlag.name(), html);
    }
    QString moment(Time time) const { return formatMoment(time, Time {1'000}); }
    void site(model::LocationId location)
    {
        if (const QString text = locationText(m_context.store, location); !text.isEmpty())
            m_lines << dim(text.toHtmlEscaped());
    }
    static QString shortened(const QString &text)
    {
        constexpr int most = 110;
        const QString line = text.left(2 * most).simplified();
        return line.size() <= most ? line : line.left(most) + QChar(0x2026);
    }

    TipContext m_context;
    QStringList m_lines;
};

} // namespace

QString sliceTip(const TipContext &context, const LaneShape &shape)
{
    const Task *task = context.store.task(shape.task);
    if (!task)
        return {};
    Tip tip(context);
    tip.title(*task);
    if (shape.kind == LaneShape::Kind::Forgotten)
        tip.forgotten(shape);
    else if (shape.kind == LaneShape::Kind::Waiting || shape.kind == LaneShape::Kind::Ready)
        tip.wait(shape, *task);
    else
        tip.slices(shape, *task);
    return tip.text();
}

QString laneTip(const TipContext &context, TaskId task)
{
    const Task *known = context.store.task(task);
    if (!known)
        return {};
    Tip tip(context);
    tip.title(*known);
    tip.facts(*known);
    return tip.text();
}

QString markTip(const TipContext &context, const model::Mark &mark)
{
    Tip tip(context);
    tip.mark(mark);
    return tip.text();
}

} // namespace coroscope::ui
