// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

class QProcess;

namespace coroscope::net {

/// Makes the kernel kill the process when the thread that starts it ends, also when this whole program is
/// killed. Linux; elsewhere it does nothing.
void endWithParent(QProcess &process);

} // namespace coroscope::net
