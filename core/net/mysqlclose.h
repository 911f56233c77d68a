// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include <QCoroTask>

#include <memory>

namespace coroscope::net {

class MySqlHandle;

/// Says COM_QUIT, then waits until the server has hung up, which it does when it is done with the session.
QCoro::Task<void> closeMySql(std::shared_ptr<MySqlHandle> handle);

} // namespace coroscope::net
