// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace coroscope::net {

class CurlMulti;

/// Runs transfers, on libcurl. What they share is shared: connections that are kept alive, names, TLS
/// sessions. A handle: copies stand for the same client. It may be made on any thread; from the first
/// transfer on it belongs to that one's loop's thread, where the last copy and the last transfer must go.
class HttpClient
{
public:
    HttpClient();

private:
    friend class HttpTransfer;

    struct State;
    std::shared_ptr<CurlMulti> multi() const;

    std::shared_ptr<State> m_state;
};

} // namespace coroscope::net
