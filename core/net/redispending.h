// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/redisreply.h"
#include "core/runtime/leaf.h"

#include <memory>
#include <optional>

namespace coroscope::net {

/// Where a reply, or the reason why there is none, is put for who waits for it.
class RedisSlot
{
public:
    /// `label`: what a lane shows of who waits, never with a secret.
    RedisSlot(QString label, trace::WaitKind kind);

    void resolve(RedisReply reply);
    void reject(Error error);
    bool isResolved() const { return m_reply || m_error; }

private:
    friend class RedisPending;

    QString m_label;
    trace::WaitKind m_kind;
    std::optional<RedisReply> m_reply;
    std::optional<Error> m_error;
    ReadyQueue m_waiters;
};

/// A command under way. Awaiting it, once, gives the reply or throws Exception; the loop resumes the awaiter
/// at its turn. Cancelling who waits, or dropping this, drops the reply alone.
class RedisPending
{
public:
    explicit RedisPending(std::shared_ptr<RedisSlot> slot)
        : m_slot(std::move(slot))
    { }

    bool isResolved() const { return m_slot->isResolved(); }

    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        explicit Awaiter(std::shared_ptr<RedisSlot> slot)
            : m_slot(std::move(slot))
        { }
        trace::WaitNote traceNote() const;
        bool await_ready() const { return m_slot->isResolved(); }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            if (enter(waiting))
                waitIn(m_slot->m_waiters);
        }
        RedisReply await_resume();

    private:
        std::shared_ptr<RedisSlot> m_slot;
    };
    Awaiter operator co_await() const { return Awaiter(m_slot); }

private:
    std::shared_ptr<RedisSlot> m_slot;
};

} // namespace coroscope::net
