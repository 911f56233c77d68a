// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpclient.h"

#include "core/net/curlmulti.h"

namespace coroscope::net {

struct HttpClient::State
{
    std::shared_ptr<CurlMulti> multi; ///< made when first wanted: on the right thread
};

HttpClient::HttpClient()
    : m_state(std::make_shared<State>())
{ }

std::shared_ptr<CurlMulti> HttpClient::multi() const
{
    if (!m_state->multi)
        m_state->multi = std::make_shared<CurlMulti>();
    return m_state->multi;
}

} // namespace coroscope::net
