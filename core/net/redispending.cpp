// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redispending.h"

#include "core/trace/strings.h"

namespace coroscope::net {

RedisSlot::RedisSlot(QString label, trace::WaitKind kind)
    : m_label(std::move(label))
    , m_kind(kind)
{ }

void RedisSlot::resolve(RedisReply reply)
{
    m_reply = std::move(reply);
    while (!m_waiters.isEmpty())
        Leaf::wakeFirst(m_waiters, trace::Cause::Reply, 0);
}

void RedisSlot::reject(Error error)
{
    m_error = std::move(error);
    while (!m_waiters.isEmpty())
        Leaf::wakeFirst(m_waiters, trace::Cause::Socket, 0);
}

trace::WaitNote RedisPending::Awaiter::traceNote() const
{
    return {m_slot->m_kind, trace::intern(m_slot->m_label).value};
}

RedisReply RedisPending::Awaiter::await_resume()
{
    leave();
    if (m_slot->m_error)
        throw Exception(*m_slot->m_error);
    return std::move(*m_slot->m_reply);
}

} // namespace coroscope::net
