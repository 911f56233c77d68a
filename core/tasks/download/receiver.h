// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httptransfer.h"
#include "core/tasks/download/transfer.h"

namespace coroscope::download {

/// Makes the part that the head, as noted, asks for. Where there is no room for all of it, there is a part,
/// and it throws.
PartPlan planOf(const Entry &entry, const Tools &tools);
QCoro::Task<void> makePart(EntryPtr entry, ToolsPtr tools);

/// Writes bytes behind what the piece has. Once begun it goes on to its end: half a block would be counted
/// as none.
QCoro::Task<void> writeBlock(EntryPtr entry, ToolsPtr tools, std::size_t index, QByteArray block);

/// Takes the body of one answer down into a piece of the part: bounded buffers, whole blocks, no faster than
/// the limits allow. Ends at the piece's end, the body's, or where the answer has brought the bytes that it
/// promised, whatever it sends behind them; the caller judges whether that was all. On its way out, for
/// whatever reason, it writes down what has come, unless the disk or the entry's wish is the reason.
QCoro::Task<void> receiveBody(EntryPtr entry, ToolsPtr tools, std::size_t index,
                              std::shared_ptr<net::HttpTransfer> http, std::optional<qint64> promised,
                              StringId label);

/// Ends when something came of the answer. Throws net::Exception (Timeout) after the time without a byte.
QCoro::Task<void> hear(std::shared_ptr<net::HttpTransfer> http, StringId label,
                       std::chrono::nanoseconds silence, QUrl url);

} // namespace coroscope::download
