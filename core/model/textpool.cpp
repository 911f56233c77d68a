// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/textpool.h"

namespace coroscope::model {

LocationId TextPool::addLocation(Location location)
{
    m_bytes += sizeof(Location)
               + std::size_t(location.function.size() + location.file.size()) * sizeof(QChar);
    m_locations.push_back(std::move(location));
    return LocationId {std::uint32_t(m_locations.size() - 1)};
}

StringId TextPool::addString(const QString &text)
{
    if (text.isEmpty())
        return {};
    StringId &id = m_ids[text];
    if (!id) {
        m_bytes += 64 + std::size_t(text.size()) * sizeof(QChar);
        m_strings.push_back(text);
        id = StringId {std::uint32_t(m_strings.size() - 1)};
    }
    return id;
}

const Location &TextPool::location(LocationId id) const
{
    return id.value < m_locations.size() ? m_locations[id.value] : m_locations[0];
}

const QString &TextPool::string(StringId id) const
{
    return id.value < m_strings.size() ? m_strings[id.value] : m_strings[0];
}

} // namespace coroscope::model
