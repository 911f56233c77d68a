// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include <QCoroTask>

#include <memory>

namespace coroscope::net {

class MySqlHandle;

/// Looks up the host, tries its addresses one after the other, logs in. Throws Exception, MySqlException for
/// what the server says.
QCoro::Task<void> connectMySql(std::shared_ptr<MySqlHandle> handle);

} // namespace coroscope::net
