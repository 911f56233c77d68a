// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/comparison.h"

#include "ui/durations.h"
#include "ui/gallery/runfigures.h"
#include "ui/gallery/runpicture.h"
#include "ui/widgets/dropdown.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QLabel>
#include <QScrollArea>

namespace coroscope::ui {

namespace {

constexpr double roomForOutcomes = 1.15; // right of the longer run

} // namespace

Comparison::Comparison(model::TraceStore &store, std::vector<ExampleRuns::Run> ended, TaskId run,
                       QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_ended(std::move(ended))
{
    setObjectName(QStringLiteral("comparison"));
    setWindowTitle(tr("Two Runs Compared"));
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *page = new QWidget(area);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(8);
    m_sides = {addSide(page, "first"), addSide(page, "second")};
    column->addStretch(1);
    area->setWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);

    int first = 0;
    while (first + 1 < int(m_ended.size()) && m_ended[std::size_t(first)].task != run)
        ++first;
    m_sides[0].choice->setCurrentIndex(first);
    m_sides[1].choice->setCurrentIndex(first == 0 ? std::min(1, int(m_ended.size()) - 1) : 0);
    for (const Side &side : m_sides) {
        connect(side.choice, &QComboBox::currentIndexChanged, this, [this, side] { showRun(side); });
        showRun(side);
    }
    resize(860, std::min(640, page->sizeHint().height() + 8));
}

Comparison::Side Comparison::addSide(QWidget *page, const char *name)
{
    const Side side {.choice = new ComboBox(page),
                     .figures = new QLabel(page),
                     .picture = new RunPicture(m_store, page)};
    const QLatin1String which(name);
    side.choice->setObjectName(which + QLatin1String("Run"));
    side.choice->setAccessibleName(tr("Example to compare"));
    side.figures->setObjectName(which + QLatin1String("Figures"));
    side.figures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    side.picture->setObjectName(which + QLatin1String("Picture"));
    for (const ExampleRuns::Run &run : m_ended)
        side.choice->addItem(run.example);
    auto *head = new QHBoxLayout;
    head->addWidget(side.choice);
    head->addSpacing(8);
    head->addWidget(side.figures, 1);
    auto *column = static_cast<QVBoxLayout *>(page->layout());
    if (column->count() > 0)
        column->addSpacing(10);
    column->addLayout(head);
    column->addWidget(side.picture);
    return side;
}

TaskId Comparison::runOf(const Side &side) const
{
    const int at = side.choice->currentIndex();
    return at < 0 ? TaskId {} : m_ended[std::size_t(at)].task;
}

void Comparison::showRun(const Side &side)
{
    const RunFigures figures = figuresOfRun(m_store, runOf(side), m_store.now());
    side.figures->setText(
        tr("%1 in all, %2 of it busy").arg(formatDuration(figures.wall()), formatDuration(figures.busy)));
    side.picture->setRun(runOf(side));
    fitScale();
}

/// Both pictures show as much time as the longer run took.
void Comparison::fitScale()
{
    Time longest {};
    for (const Side &side : m_sides)
        longest = std::max(longest, figuresOfRun(m_store, runOf(side), m_store.now()).wall());
    for (const Side &side : m_sides)
        side.picture->setLength(Time {std::int64_t(double(longest.count()) * roomForOutcomes)});
}

} // namespace coroscope::ui
