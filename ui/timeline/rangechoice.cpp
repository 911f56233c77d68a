// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/rangechoice.h"

#include "ui/durations.h"
#include "ui/pulse.h"
#include "ui/replay/playhead.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>

namespace coroscope::ui {

/// Somebody who drags the timeline sees the pane follow, but each step isn't read.
constexpr int settleMs = 50;

RangeChoice::RangeChoice(const TimelineView &view, Pulse &pulse, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_pulse(pulse)
    , m_all(new QPushButton(tr("All"), this))
    , m_visible(new QPushButton(tr("Visible range"), this))
    , m_text(new QLabel(this))
{
    m_all->setObjectName(QStringLiteral("rangeAll"));
    m_all->setToolTip(tr("All of the session that is known"));
    m_visible->setObjectName(QStringLiteral("rangeVisible"));
    m_visible->setToolTip(tr("What the timeline shows, or the region chosen there (Shift+drag)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *choices = new QButtonGroup(this);
    for (QPushButton *button : {m_all, m_visible}) {
        button->setCheckable(true);
        button->setProperty("choice", true);
        choices->addButton(button);
        layout->addWidget(button);
    }
    m_all->setChecked(true);
    m_text->setObjectName(QStringLiteral("rangeText"));
    m_text->setAccessibleName(tr("Shown range"));
    setRole(m_text, "dim");
    layout->addWidget(m_text);
    m_settled.setSingleShot(true);
    connect(&m_settled, &QTimer::timeout, this, &RangeChoice::settle);
    connect(m_visible, &QPushButton::toggled, this, &RangeChoice::settle);
    connect(&view, &TimelineView::changed, this, &RangeChoice::follow);
    connect(&pulse, &Pulse::momentChanged, this, &RangeChoice::follow);
}

bool RangeChoice::isPart() const { return m_visible->isChecked(); }

RangeChoice::Range RangeChoice::wanted() const
{
    const bool endsNow = m_pulse.moment().isPast() || m_pulse.isFrozen();
    model::Stretch stretch;
    if (endsNow)
        stretch.to = m_pulse.now();
    if (m_visible->isChecked()) {
        const TimeRange range = m_view.region().value_or(m_view.range());
        stretch.to = std::min(stretch.to, range.end);
        // An event at the very begin of a session lies in it, too.
        if (range.begin > m_view.store().knownSince())
            stretch.from = std::min(range.begin, stretch.to);
    } else if (!m_pulse.moment().isPast()) {
        return {};
    }
    return stretch;
}

bool RangeChoice::isContinued(const Range &range, const Range &wanted)
{
    if (!range || !wanted)
        return range == wanted;
    return range->from == wanted->from && range->to <= wanted->to;
}

/// The range that slides along with what happens is read whenever the pane is at it.
void RangeChoice::follow()
{
    const Range wanted = this->wanted();
    if (wanted == m_told)
        return;
    const bool slides = m_view.isFollowing()
                        || (m_view.playhead() && m_view.playhead()->isPlaying() && m_view.isReplaying());
    if (isContinued(m_told, wanted) || (slides && m_told && wanted)) {
        m_told = wanted;
        emit movedOn();
    } else if (!m_settled.isActive()) {
        m_settled.start(settleMs);
    }
}

void RangeChoice::settle()
{
    m_settled.stop();
    if (wanted() == m_told)
        return;
    m_told = wanted();
    emit changed();
}

void RangeChoice::say(const Range &range)
{
    const model::TraceStore &store = m_view.store();
    const model::Stretch all {store.knownSince(), m_pulse.present()};
    const model::Time from = std::max(range ? range->from : all.from, all.from);
    const model::Time to = std::max(from, range ? std::min(range->to, store.now()) : all.to);
    model::Time step {1}; // as exact as the range is short
    while (step * 1000 <= to - from)
        step *= 10;
    const QString text = tr("%1 – %2", "a range of time")
                             .arg(formatMoment(from, step), formatMoment(to, step));
    m_text->setText(isPart() && m_view.region() ? tr("Region %1", "a range of time").arg(text) : text);
}

QString RangeChoice::text() const { return m_text->text(); }

} // namespace coroscope::ui
