// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include <QCoroTask>

#include <memory>

namespace coroscope::net {

class MySqlHandle;

/// Skips rows that nobody read and gives statements back, so that the connection can be used for the next
/// statement.
QCoro::Task<void> tidyMySql(std::shared_ptr<MySqlHandle> handle);

} // namespace coroscope::net
