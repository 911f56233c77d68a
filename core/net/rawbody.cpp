// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/rawbody.h"

#include <fcntl.h>
#include <unistd.h>

namespace coroscope::net {

std::shared_ptr<RawBody> RawBody::of(int socket)
{
    const int copy = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    return copy < 0 ? nullptr : std::shared_ptr<RawBody>(new RawBody(copy));
}

RawBody::~RawBody() { ::close(m_socket); }

} // namespace coroscope::net
