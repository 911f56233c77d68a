// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

class QTableView;

namespace coroscope::ui {

/// Whole rows to select, no grid, no frame, no row numbers, rows of one height: how tables of things to act
/// on look.
void makePlain(QTableView &table);
/// After a change of the font, too.
void fitRows(QTableView &table);

} // namespace coroscope::ui
