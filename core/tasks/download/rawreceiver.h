// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httptransfer.h"
#include "core/tasks/download/transfer.h"

namespace coroscope::download {

/// As receiveBody(), for one that was taken over: threads pour it into the part, which is there, and nothing
/// of it is held in memory. On its way out, for whatever reason, what has come is written.
QCoro::Task<void> receiveRaw(EntryPtr entry, ToolsPtr tools, std::size_t index,
                             std::shared_ptr<net::HttpTransfer> http, std::shared_ptr<net::RawBody> raw,
                             std::optional<qint64> promised, StringId label);

} // namespace coroscope::download
