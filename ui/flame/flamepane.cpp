// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/flame/flamepane.h"

#include "ui/pulse.h"
#include "ui/quantities.h"
#include "ui/selection.h"
#include "ui/widgets/dropdown.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace coroscope::ui {

using Weight = model::FlameGraph::Weight;

constexpr std::uint32_t oneBit = 2'000; // slices: some hundred microseconds

FlamePane::FlamePane(model::TraceStore &store, Pulse &pulse, Selection &selection,
                     const TimelineView &timeline, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_selection(selection)
    , m_pacer(this, pulse, [this] { return readOn(); })
    , m_range(new RangeChoice(timeline, pulse, this))
    , m_graph(*m_range,
              [this](const RangeChoice::Range &range) {
                  return range ? model::FlameGraph(m_root, *range) : model::FlameGraph(m_root);
              })
    , m_busy(new QPushButton(tr("&Busy"), this))
    , m_waiting(new QPushButton(tr("Wa&iting"), this))
    , m_scope(new ComboBox(this))
    , m_search(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_line(new QLabel(this))
    , m_view(new FlameView(this))
    , m_empty(new EmptyState({}, m_view))
    , m_corner(new QWidget(this))
{
    m_line->setObjectName(QStringLiteral("flameLine"));
    m_line->setTextFormat(Qt::PlainText);
    m_line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_line->setContentsMargins(10, 3, 10, 4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_view, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 10, 0);
    foot->addWidget(m_line, 1);
    foot->addWidget(m_range->label()); // above, a narrow window has no room for it
    layout->addLayout(foot);
    setFocusProxy(m_view);

    connect(m_busy, &QPushButton::toggled, this, &FlamePane::showPicture);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &FlamePane::startAnew);
    connect(&selection, &Selection::changed, this, [this] {
        if (wantedRoot() != m_root)
            startAnew();
    });
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared)
            startAnew();
        else
            m_graph->forget(changes.forgotten);
    });
    connect(m_range, &RangeChoice::changed, this, &FlamePane::startAnew);
    connect(m_range, &RangeChoice::movedOn, this, [this] { m_graph.paceOn(m_pacer); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_view->setSearch(text);
        showWords();
    });
    connect(m_view, &FlameView::currentChanged, this, &FlamePane::showWords);
    connect(m_view, &FlameView::zoomChanged, this, &FlamePane::showWords);
    showWords();
}

QWidget *FlamePane::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->setSpacing(6);
    auto *weights = new QButtonGroup(this);
    m_busy->setObjectName(QStringLiteral("flameBusy"));
    m_busy->setToolTip(tr("As wide as the time that it ran"));
    m_waiting->setObjectName(QStringLiteral("flameWaiting"));
    m_waiting->setToolTip(tr("As wide as the time that it was suspended, by what it waited for"));
    for (QPushButton *button : {m_busy, m_waiting}) {
        button->setCheckable(true);
        button->setProperty("choice", true);
        weights->addButton(button);
        layout->addWidget(button);
    }
    m_busy->setChecked(true);
    m_scope->setObjectName(QStringLiteral("flameScope"));
    m_scope->setAccessibleName(tr("Tasks of the flame graph"));
    m_scope->addItems({tr("All tasks"), tr("Selected task")});
    layout->addWidget(m_scope);
    layout->addSpacing(6);
    layout->addWidget(m_range);
    layout->addStretch(1);
    m_found->setObjectName(QStringLiteral("flameFound"));
    setRole(m_found, "dim");
    layout->addWidget(m_found);
    m_search->setObjectName(QStringLiteral("flameSearch"));
    m_search->setAccessibleName(tr("Find in the flame graph"));
    m_search->setPlaceholderText(tr("Find function…"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(90);
    m_search->setMaximumWidth(200);
    layout->addWidget(m_search, 2);
    return head;
}

TaskId FlamePane::wantedRoot() const { return m_scope->currentIndex() == 1 ? m_selection.task() : TaskId {}; }

void FlamePane::startAnew()
{
    m_root = wantedRoot();
    m_graph.startAnew();
    m_pacer.hurry();
}

bool FlamePane::readOn()
{
    // Of no task there is nothing, not all.
    const bool isNothing = m_scope->currentIndex() == 1 && !m_root;
    const bool isDone = isNothing || m_graph.read(m_store, oneBit);
    if (isDone) {
        m_range->say(m_graph.range());
        showPicture();
    }
    return isDone;
}

void FlamePane::showPicture()
{
    m_view->show(FlamePicture(*m_graph, m_busy->isChecked() ? Weight::Busy : Weight::Waiting));
    showWords();
}

QString FlamePane::emptyText() const
{
    const bool busy = m_busy->isChecked();
    if (m_scope->currentIndex() == 1 && !m_root)
        return tr("Select a task to see where its time went.");
    if (m_range->isPart())
        return busy ? tr("Nothing ran in this range.") : tr("Nothing waited in this range.");
    if (m_pulse.moment().isPast())
        return busy ? tr("Nothing had run by then.") : tr("Nothing had waited by then.");
    return busy ? tr("Nothing ran as yet.\nHere each function is as wide as the time that it ran.")
                : tr("Nothing waited as yet.\nHere each function is as wide as the time that it was "
                     "suspended.");
}

void FlamePane::showWords()
{
    const bool isEmpty = m_view->picture().isEmpty();
    m_empty->setVisible(isEmpty);
    m_empty->setText(emptyText());
    const auto found = m_view->found();
    m_found->setVisible(found.has_value());
    if (found)
        m_found->setText(*found > 0 ? tr("%1 of all").arg(formatPercent(*found)) : tr("not found"));
    m_line->setText(isEmpty ? QString() : m_view->textOf(m_view->current()));
}

} // namespace coroscope::ui
