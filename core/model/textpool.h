// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <QHash>

#include <vector>

namespace coroscope::model {

/// Locations and short texts by number; equal texts share one.
class TextPool
{
public:
    LocationId addLocation(Location location);
    StringId addString(const QString &text);
    const Location &location(LocationId id) const; ///< unknown: an empty one
    const QString &string(StringId id) const; ///< unknown: an empty one
    std::size_t bytes() const noexcept { return m_bytes; }

private:
    std::vector<Location> m_locations {{}};
    std::vector<QString> m_strings {{}};
    QHash<QString, StringId> m_ids;
    std::size_t m_bytes = 0;
};

} // namespace coroscope::model
