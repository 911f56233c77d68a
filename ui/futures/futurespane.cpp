// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/futures/futurespane.h"

#include "ui/futures/futuredetail.h"
#include "ui/futures/futuremodel.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/tasks/taskdelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>

namespace coroscope::ui {

FuturesPane::FuturesPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_pulse(pulse)
    , m_model(new FutureModel(pulse, this))
    , m_view(new QTableView(this))
    , m_detail(new FutureDetail(session, pulse, this))
    , m_corner(new QWidget(this))
    , m_count(new QLabel(m_corner))
{
    m_view->setObjectName(QStringLiteral("futures"));
    m_view->setAccessibleName(tr("Futures"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new TaskDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QHeaderView *header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(FutureModel::Outcome, QHeaderView::Stretch);
    header->setMinimumSectionSize(56);
    header->resizeSection(FutureModel::State, 78);
    header->resizeSection(FutureModel::Name, 110);
    header->resizeSection(FutureModel::Type, 76);
    header->resizeSection(FutureModel::Awaiting, 120);
    header->resizeSection(FutureModel::Age, 76);
    auto *empty =
        new EmptyState(tr("No futures yet.\nA task that waits for one shows it here; the demo does."),
                       m_view);
    empty->follow(m_model);

    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_view);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    m_detail->setMinimumWidth(250);
    splitter->setSizes({600, 340});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(0, 0, 14, 0);
    setRole(m_count, "dim");
    corner->addStretch();
    corner->addWidget(m_count);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { m_detail->show(current()); });
    connect(m_model, &FutureModel::refreshed, this, &FuturesPane::refresh);
    connect(m_view, &QTableView::doubleClicked, this, [this, &selection](const QModelIndex &index) {
        const auto future = m_pulse.moment().future(m_model->futureAt(index.row()));
        if (future && !future->awaiting.empty())
            selection.reveal(future->awaiting.front());
    });
    refresh();
}

void FuturesPane::refresh()
{
    if (!m_view->currentIndex().isValid() && m_model->rowCount() > 0)
        m_view->selectRow(0);
    m_detail->show(current());
    const int count = m_model->rowCount();
    m_count->setText(count == 1 ? tr("1 future") : tr("%Ln futures", nullptr, count));
    if (const int pending = m_model->pendingCount(); pending != std::exchange(m_pending, pending))
        emit pendingCountChanged(pending);
}

FutureId FuturesPane::current() const { return m_model->futureAt(m_view->currentIndex().row()); }

} // namespace coroscope::ui
