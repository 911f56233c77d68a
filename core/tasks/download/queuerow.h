// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/queuestatement.h"
#include "core/tasks/download/queuestore.h"

#include <QByteArrayList>

namespace coroscope::download {

class RequestTexts;

// An item as a row of the database: values in the order of their columns.

/// What people ask for, without id and position.
const QByteArrayList &requestColumns();
void bindRequest(QueueStatement &statement, const Item &item, RequestTexts &texts);

/// What became of it.
const QByteArrayList &outcomeColumns();

const QByteArrayList &partColumns();
void bindPart(QueueStatement &statement, const PartState &part);
/// The values of outcomeColumns() and of partColumns().
void bindState(QueueStatement &statement, const StoredItem &stored);

/// What is to be set of an item that is done, all else being known; its one value is the path.
const QByteArray &doneAssignments();

/// From a row of the id and requestColumns(), outcomeColumns() and partColumns(). Nothing if they can't be
/// an item's.
std::optional<StoredItem> storedItemFrom(const QueueStatement &row);

} // namespace coroscope::download
