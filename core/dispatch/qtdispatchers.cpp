// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/qtdispatchers.h"

// The only file that uses Qt's private headers. Qt itself chooses by an environment variable, for the whole
// process; a thread's own choice needs the class.
#ifdef COROSCOPE_HAS_QT_DISPATCHERS
#    include <QtCore/private/qeventdispatcher_unix_p.h>
#endif

namespace coroscope::dispatch {

std::unique_ptr<QAbstractEventDispatcher> makeUnixDispatcher()
{
#ifdef COROSCOPE_HAS_QT_DISPATCHERS
    return std::make_unique<QEventDispatcherUNIX>();
#else
    return nullptr;
#endif
}

} // namespace coroscope::dispatch
