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

LatencyPane::LatencyPane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pacer(this, pulse, [this] { return readOn(); })
    , m_corner(new QWidget(this))
    , m_scope(new ComboBox(m_corner))
{
    m_scope->setObjectName(QStringLiteral("latencyScope"));
    m_scope->setAccessibleName(tr("Tasks of the histograms"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_scope->addItem(tr("All tasks"));
    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(0, 1, 8, 1);
    corner->addStretch();
    corner->addWidget(m_scope);

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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    setFocusProxy(m_scope);

    connect(m_scope, &QComboBox::currentIndexChanged, this, &LatencyPane::showFigures);
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared) {
            m_latency = {};
            m_pacer.hurry();
        }
    });
    showFigures();
}

bool LatencyPane::readOn()
{
    const bool isDone = m_latency.read(m_store, oneBit);
    if (isDone) {
        showCategories();
        showFigures();
    }
    return isDone;
}

/// New kinds of tasks are added to the choice; what is chosen stays.
void LatencyPane::showCategories()
{
    const QStringList categories = m_latency.categories();
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
    const QVariant chosen = m_scope->currentData();
    for (LatencyColumn *column : m_columns)
        column->show(m_latency, chosen.isValid() ? std::optional(chosen.toString()) : std::nullopt);
}

} // namespace coroscope::ui
