// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <vector>

namespace coroscope::net {

/// libcurl's easy handles, each used by one transfer after the other: a new one costs a hundred pieces of
/// memory, the buffer that it receives into among them.
class CurlHandles
{
public:
    CurlHandles() = default;
    ~CurlHandles() { clear(); }
    CurlHandles(const CurlHandles &) = delete;
    CurlHandles &operator=(const CurlHandles &) = delete;

    /// As new. Null: there is no memory.
    CURL *take();
    /// One that belongs to no transfer any more. One that has cookies would send them on: clean that up.
    void giveBack(CURL *easy);
    void clear();

private:
    std::vector<CURL *> m_free;
};

} // namespace coroscope::net
