// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/plaintable.h"

#include <QHeaderView>
#include <QTableView>

namespace coroscope::ui {

void makePlain(QTableView &table)
{
    table.setSelectionBehavior(QTableView::SelectRows);
    table.setSelectionMode(QTableView::ExtendedSelection);
    table.setEditTriggers(QTableView::NoEditTriggers);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setFrameShape(QTableView::NoFrame);
    table.setMouseTracking(true);
    table.setTabKeyNavigation(false);
    table.setCornerButtonEnabled(false);
    table.setHorizontalScrollMode(QTableView::ScrollPerPixel);
    table.setVerticalScrollMode(QTableView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.horizontalHeader()->setHighlightSections(false);
    fitRows(table);
}

void fitRows(QTableView &table)
{
    const int letters = table.fontMetrics().height();
    table.verticalHeader()->setMinimumSectionSize(letters);
    table.verticalHeader()->setDefaultSectionSize(letters + 10);
}

} // namespace coroscope::ui
