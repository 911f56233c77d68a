// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/latency/latencypane.h"

#include "ui/latency/latencycolumn.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/widgets/dropdown.h"

#include <QBoxLayout>

namespace coroscope::ui {

using Kind = model::Latency::Kind;

constexpr std::uint32_t oneBit = 2'000; // slices: some hundred microseconds

LatencyPane::LatencyPane(model::TraceStore &store, Pulse &pulse, Selection &selection,
                         const TimelineView &timeline, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_pacer(this, pulse, [this] { return readOn(); })
    , m_range(new RangeChoice(timeline, pulse, this))
    , m_latency(*m_range,
                [](const RangeChoice::Range &range) {
                    return range ? model::Latency(*range) : model::Latency();
                })
    , m_corner(new QWidget(this))
    , m_scope(new ComboBox(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(buildColumns(selection), 1);
    setFocusProxy(m_scope);

    connect(m_scope, &QComboBox::currentIndexChanged, this, &LatencyPane::showFigures);
    connect(m_range, &RangeChoice::changed, this, &LatencyPane::startAnew);
    connect(m_range, &RangeChoice::movedOn, this, [this] { m_latency.paceOn(m_pacer); });
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared)
            startAnew();
    });
    showFigures();
}

QWidget *LatencyPane::buildHead()
{
    m_scope->setObjectName(QStringLiteral("latencyScope"));
    m_scope->setAccessibleName(tr("Tasks of the histograms"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_scope->addItem(tr("All tasks"));
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(14, 6, 14, 2);
    layout->setSpacing(12);
    layout->addWidget(m_scope);
    layout->addWidget(m_range);
    layout->addStretch(1);
    return head;
}

QWidget *LatencyPane::buildColumns(Selection &selection)
{
    auto *content = new QWidget;
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(14, 8, 14, 6);
    columns->setSpacing(22);
    for (const Kind kind : {Kind::Slice, Kind::Waiting, Kind::Scheduling}) {
        auto *column = new LatencyColumn(kind, content);
        m_columns[std::size_t(kind)] = column;
        columns->addWidget(column, 1);
        connect(column, &LatencyColumn::wanted, this,
                [&selection](TaskId task, std::uint32_t slice) { selection.reveal(task, slice); });
    }
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("latency"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    scroll->setBackgroundRole(QPalette::Base);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    return scroll;
}

void LatencyPane::startAnew()
{
    m_latency.startAnew();
    m_pacer.hurry();
}

bool LatencyPane::readOn()
{
    const bool isDone = m_latency.read(m_store, oneBit);
    if (isDone) {
        m_range->say(m_latency.range());
        showCategories();
        showFigures();
    }
    return isDone;
}

/// New kinds of tasks are added to the choice; what is chosen stays.
void LatencyPane::showCategories()
{
    const QStringList categories = m_latency->categories();
    QStringList shown;
    for (int i = 1; i < m_scope->count(); ++i)
        shown << m_scope->itemData(i).toString();
    const QVariant chosen = m_scope->currentData();
    QStringList wanted = categories;
    if (chosen.isValid() && !wanted.contains(chosen.toString()))
        wanted << chosen.toString();
    if (wanted == shown)
        return;
    const QSignalBlocker quiet(m_scope);
    m_scope->clear();
    m_scope->addItem(tr("All tasks"));
    for (const QString &category : wanted)
        m_scope->addItem(category, category);
    m_scope->setCurrentIndex(chosen.isValid() ? m_scope->findData(chosen) : 0);
}

void LatencyPane::showFigures()
{
    using Extent = LatencyColumn::Extent;
    const QVariant chosen = m_scope->currentData();
    const Extent extent = m_range->isPart()           ? Extent::Range
                          : m_pulse.moment().isPast() ? Extent::Past
                                                      : Extent::Session;
    for (LatencyColumn *column : m_columns)
        column->show(*m_latency, chosen.isValid() ? std::optional(chosen.toString()) : std::nullopt, extent);
}

} // namespace coroscope::ui
