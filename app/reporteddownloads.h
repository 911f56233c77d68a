// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QByteArray>

namespace coroscope::app {

/// `{"url","file","state":"done|failed|cancelled","bytes","resumed_from","tries","http_status","sha256"?,
/// "error"?,"seconds"}` and a line feed. `file` is empty unless it is done. What hasn't ended is said to be
/// cancelled.
QByteArray jsonLine(const download::Item &item);

/// "http://host/a.iso: 404 Not Found …", of an item that isn't done.
QString failureLine(const download::Item &item);

/// "http://host/a.iso: resumed at 12 MB", what there is to say of a done item besides its path; may be empty.
QString noteLine(const download::Item &item);

} // namespace coroscope::app
