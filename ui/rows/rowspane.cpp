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
    , m_pulse(pulse)
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
    connect(&pulse, &Pulse::momentChanged, this, &RowsPane::follow);
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
    if (!m_pulse.moment().exists(m_selection.task()))
        return {};
    const model::TraceStore &store = m_session.store();
    for (const model::Task *task = store.task(m_selection.task()); task; task = store.task(task->parent)) {
        if (auto table = m_session.table(task->id))
            return table;
    }
    return {};
}

/// Nothing: the present, with all rows. Where nobody knows when they came, it is certain of a task that
/// ended.
std::optional<std::uint64_t> RowsPane::ticks() const
{
    const model::Moment &moment = m_pulse.moment();
    if (!moment.isPast())
        return {};
    const std::uint64_t certain = moment.hasEnded(m_selection.task()) ? ~std::uint64_t(0) : 0;
    return m_session.ticksAt(moment.now()).value_or(certain);
}

void RowsPane::follow()
{
    if (!isVisible())
        return;
    auto table = tableOfSelection();
    if (table != m_model.table())
        m_isFitted = false;
    m_model.setTable(std::move(table), ticks());
    refresh();
}

QString RowsPane::emptyText() const
{
    const bool isPast = m_pulse.moment().isPast();
    if (m_model.table())
        return isPast ? tr("No row had come by then.") : tr("The statement gave no rows.");
    if (isPast && m_selection.task() && !m_pulse.moment().exists(m_selection.task()))
        return tr("The selected task wasn't there yet.");
    return tr("Select a MySQL task to see its rows.");
}

void RowsPane::refresh()
{
    const bool hasColumns = m_model.columnCount() > 0;
    m_empty->setText(emptyText());
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
    const qint64 total = m_model.totalCount();
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
