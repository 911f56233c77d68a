// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include "core/net/mysqlhandle.h"
#include "core/runtime/notifier.h"

#include <thread>

namespace coroscope::net {

/// Connects to one address with TLS, on a thread of its own: libmariadb's non-blocking calls block in the
/// TLS handshake. Nobody else touches the handle's MYSQL until this is done or gone; the destructor makes the
/// thread end at once and waits for that.
///
///     while (!connecting.isDone())
///         co_await connecting.wait();
class MySqlTlsConnect
{
public:
    MySqlTlsConnect(MySqlHandle &handle, QByteArray ip);
    ~MySqlTlsConnect();
    MySqlTlsConnect(const MySqlTlsConnect &) = delete;
    MySqlTlsConnect &operator=(const MySqlTlsConnect &) = delete;

    bool isDone() const { return m_state->isDone; }
    /// Resumed by the loop when it may be done. Cancellable.
    Notifier::Awaiter wait();
    /// Of a done one: else the handle's failure() tells why, or the time was up.
    bool isConnected() const { return m_state->isConnected; }
    bool isTimedOut() const { return m_state->isTimedOut; }

private:
    struct State
    {
        Notifier notifier;
        bool isDone = false; ///< the loop's
        bool isConnected = false; ///< the thread's until isDone
        bool isTimedOut = false;
    };

    void run(QByteArray ip, std::shared_ptr<LoopInbox> inbox);

    MySqlHandle &m_handle;
    std::shared_ptr<State> m_state = std::make_shared<State>();
    int m_stopPipe[2] = {-1, -1}; ///< closing its second end stops the thread
    std::thread m_thread;
};

} // namespace coroscope::net
