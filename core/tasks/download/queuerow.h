// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/queuestore.h"

#include <QStringList>
#include <QVariant>

namespace coroscope::download {

// An item as a row of the database: values in the order of their columns.

/// What people ask for, without id and position.
const QStringList &requestColumns();
QVariantList requestValues(const Item &item);

/// What became of it.
const QStringList &outcomeColumns();
QVariantList outcomeValues(const Item &item);

const QStringList &partColumns();
QVariantList partValues(const PartState &part);

/// From the values of requestColumns(), outcomeColumns() and partColumns(). Nothing if they can't be an
/// item's.
std::optional<StoredItem> storedItemFrom(ItemId id, const QVariantList &values);

} // namespace coroscope::download
