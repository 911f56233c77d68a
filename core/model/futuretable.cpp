// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/futuretable.h"

#include <QCoreApplication>

namespace coroscope::model {

Future &FutureTable::add(FutureId id, Time created)
{
    auto &future = *m_futures.emplace_back(std::make_unique<Future>());
    future.id = id;
    future.created = created;
    future.name = QCoreApplication::translate("coroscope::model", "future %1").arg(id.value);
    m_index.insert(id, &future);
    m_ids.push_back(id);
    return future;
}

void FutureTable::remove(const std::function<bool(const Future &)> &doomed)
{
    std::erase_if(m_futures, [&](const auto &future) {
        const bool gone = doomed(*future);
        if (gone)
            m_index.forget(future->id);
        return gone;
    });
    m_ids.clear();
    for (const auto &future : m_futures)
        m_ids.push_back(future->id);
}

} // namespace coroscope::model
