// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/runpicture.h"

#include "ui/contrast.h"
#include "ui/gallery/runfigures.h"
#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/lanepainter.h"
#include "ui/timeline/ruler.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

namespace {

constexpr int nameWidth = 150;
constexpr int rulerHeight = 22;
constexpr int indent = 12;

} // namespace

RunPicture::RunPicture(model::TraceStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(nameWidth + 160);
    connect(&store, &model::TraceStore::changed, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared || std::ranges::any_of(m_rows, [this](std::size_t row) {
                return !m_store.task(m_layout.lane(row).task);
            }))
            readLanes();
    });
}

void RunPicture::setRun(TaskId first)
{
    m_first = first;
    readLanes();
}

void RunPicture::setLength(Time length)
{
    m_length = std::max(length, shortestView);
    update();
}

void RunPicture::readLanes()
{
    m_layout.rebuild(m_store, {});
    std::vector<TaskId> tasks = tasksOfRun(m_store, m_first);
    std::ranges::sort(tasks);
    m_rows.clear();
    for (std::size_t row = 0; row < m_layout.size(); ++row) {
        if (std::ranges::binary_search(tasks, m_layout.lane(row).task))
            m_rows.push_back(row);
    }
    setAccessibleName(tr("Timeline of %1").arg(laneNames().join(QStringLiteral(", "))));
    updateGeometry();
    update();
}

QStringList RunPicture::laneNames() const
{
    QStringList names;
    for (const std::size_t row : m_rows)
        names << m_store.task(m_layout.lane(row).task)->name;
    return names;
}

QSize RunPicture::sizeHint() const
{
    return {640, rulerHeight + int(std::max<std::size_t>(1, m_rows.size())) * LaneGeometry::pitch + 4};
}

void RunPicture::paintRuler(QPainter &painter, double width) const
{
    const Theme &theme = Theme::of(palette());
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    QPen dashes(theme.grid, 1);
    dashes.setDashPattern({2, 4});
    const TimeScale scale({Time {0}, m_length}, width);
    for (const Tick &tick : ticks(scale, leastTickDistance)) {
        const int x = int(std::lround(scale.x(tick.time)));
        painter.setPen(dashes);
        painter.drawLine(x, rulerHeight, x, height());
        painter.setPen(theme.dimText);
        painter.drawText(QRect(x + 4, 0, int(leastTickDistance), rulerHeight), Qt::AlignVCenter, tick.label);
    }
}

void RunPicture::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    const double width = std::max(1, this->width() - nameWidth);
    LanePainter lanes(theme, font(), devicePixelRatioF());
    const Time begin = m_rows.empty() ? Time {} : m_store.task(m_first)->created;
    LaneShaper shaper({.store = m_store,
                       .scale = TimeScale({begin, begin + m_length}, width),
                       .now = m_store.now(),
                       .pixelRatio = devicePixelRatioF(),
                       .letter = lanes.letterWidth()});
    LaneShapes shapes;
    painter.translate(nameWidth, 0);
    paintRuler(painter, width);
    painter.setFont(font());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Lane &lane = m_layout.lane(m_rows[i]);
        const int top = rulerHeight + int(i) * LaneGeometry::pitch;
        shaper.shape(m_layout, m_rows[i], shapes);
        lanes.draw(painter,
                   {.center = top + LaneGeometry::pitch / 2,
                    .width = width,
                    .ground = theme.base,
                    .task = lane.task},
                   m_store, shapes);
        const int left = 12 + indent * (lane.depth - m_layout.lane(m_rows.front()).depth);
        const QRect name(left - nameWidth, top, nameWidth - left - 10, LaneGeometry::pitch);
        painter.setFont(font());
        painter.setPen(theme.text);
        painter.drawText(name, Qt::AlignVCenter,
                         fontMetrics().elidedText(m_store.task(lane.task)->name, Qt::ElideRight,
                                                  name.width()));
    }
}

} // namespace coroscope::ui
