// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace coroscope::net {

/// The connection that the rest of a body comes from, bytes that mean themselves: for who takes them without
/// libcurl. A descriptor of its own, which doesn't block: any thread, also when the transfer is gone.
class RawBody
{
public:
    /// Another descriptor of this connection; null: the system has none left.
    static std::shared_ptr<RawBody> of(int socket);
    ~RawBody();
    RawBody(const RawBody &) = delete;
    RawBody &operator=(const RawBody &) = delete;

    int socket() const { return m_socket; }

private:
    explicit RawBody(int socket)
        : m_socket(socket)
    { }

    int m_socket;
};

} // namespace coroscope::net
