// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/rows/rowspane.h"

#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/widgets/emptystate.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>

namespace coroscope::ui {

RowsPane::RowsPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_selection(selection)
    , m_view(new QTableView(this))
    , m_corner(new QWidget(this))
    , m_count(new QLabel(m_corner))
    , m_copy(new QPushButton(tr("Copy"), m_corner))
    , m_empty(new EmptyState(tr("Select a MySQL task to see its rows."), m_view))
{
    m_view->setObjectName(QStringLiteral("rows"));
    m_view->setAccessibleName(tr("Rows"));
    m_view->setModel(&m_model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->horizontalHeader()->setResizeContentsPrecision(50); // rows, not all of them
    m_view->horizontalHeader()->setMaximumSectionSize(600);
    // Rows of one height need no measuring: a hundred thousand are as quick as ten.
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(0, 0, 8, 0);
    corner->addStretch();
    corner->addWidget(m_count);
    corner->addWidget(m_copy);
    m_count->setObjectName(QStringLiteral("rowCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setProperty("flat", true);
    m_copy->setToolTip(tr("Copy the selected cells, or all rows, with tabs between"));
    connect(m_copy, &QPushButton::clicked, this, &RowsPane::copy);
    auto *key = new QShortcut(QKeySequence::Copy, m_view, this, &RowsPane::copy);
    key->setContext(Qt::WidgetShortcut);
    connect(&selection, &Selection::changed, this, &RowsPane::follow);
    connect(&pulse, &Pulse::beat, this, &RowsPane::follow);
    connect(&pulse, &Pulse::tick, this, &RowsPane::follow);
    refresh();
}

void RowsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

/// Nested coroutines belong to the task that has the table.
std::shared_ptr<const tasks::ResultTable> RowsPane::tableOfSelection() const
{
    const model::TraceStore &store = m_session.store();
    for (const model::Task *task = store.task(m_selection.task()); task; task = store.task(task->parent)) {
        if (auto table = m_session.table(task->id))
            return table;
    }
    return {};
}

void RowsPane::follow()
{
    if (!isVisible())
        return;
    auto table = tableOfSelection();
    if (table != m_model.table()) {
        m_model.setTable(std::move(table));
        m_isFitted = false;
    } else {
        m_model.refresh();
    }
    refresh();
}

void RowsPane::refresh()
{
    const bool hasTable = m_model.table() != nullptr;
    const bool hasColumns = m_model.columnCount() > 0;
    m_empty->setText(hasTable ? tr("The statement gave no rows.")
                              : tr("Select a MySQL task to see its rows."));
    m_empty->setVisible(!hasColumns);
    m_copy->setEnabled(hasColumns);
    if (!hasColumns) {
        m_count->clear();
        return;
    }
    if (!m_isFitted && m_model.rowCount() > 0) {
        m_view->resizeColumnsToContents();
        m_isFitted = true;
    }
    const qint64 total = m_model.table()->totalCount();
    const QLocale locale;
    m_count->setText(
        total > m_model.rowCount()
            ? tr("the first %1 of %2 rows").arg(locale.toString(m_model.rowCount()), locale.toString(total))
            : tr("%Ln rows", nullptr, int(total)));
}

void RowsPane::copy()
{
    QGuiApplication::clipboard()->setText(m_model.tsv(m_view->selectionModel()->selection()));
}

} // namespace coroscope::ui
