// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/idtable.h"
#include "core/model/task.h"

#include <functional>
#include <memory>
#include <span>

namespace coroscope::model {

/// The futures by id and in order of creation.
class FutureTable
{
public:
    Future *find(FutureId id) const noexcept { return m_index.find(id); }
    bool wasForgotten(FutureId id) const noexcept { return m_index.wasForgotten(id); }
    Future &add(FutureId id, Time created);
    std::span<const FutureId> ids() const noexcept { return m_ids; }
    void remove(const std::function<bool(const Future &)> &doomed);
    /// Of the index by id.
    std::size_t indexBytes() const noexcept { return m_index.capacityBytes(); }
    void clear() { *this = {}; }

private:
    IdTable<FutureId, Future> m_index;
    std::vector<std::unique_ptr<Future>> m_futures;
    std::vector<FutureId> m_ids;
};

/// Nothing in the program but a hand will ever give it a result.
constexpr bool hasNoProducer(const Future &future)
{
    return future.state == Future::State::Dropped
           || (future.state == Future::State::Pending && future.settable);
}

} // namespace coroscope::model
