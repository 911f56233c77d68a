// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <chrono>

namespace coroscope::ui {

/// How far a session has come: what the store's last commit said, and the wall clock since then. So "now"
/// moves evenly although commits come in batches, and goes on while the observed loop is blocked.
class LiveClock
{
public:
    enum class Source {
        Wall, ///< the session goes on
        Store, ///< it has ended, or time is told by hand
    };

    void setSource(Source source) { m_source = source; }
    /// Never goes back, except that `storeNow` did (the store was cleared).
    model::Time now(model::Time storeNow, std::chrono::steady_clock::time_point wall);

private:
    Source m_source = Source::Wall;
    model::Time m_storeNow {-1};
    model::Time m_last {};
    std::chrono::steady_clock::time_point m_since;
};

} // namespace coroscope::ui
