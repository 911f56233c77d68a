// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curlhandles.h"

namespace coroscope::net {

namespace {

constexpr std::size_t mostKept = 32;

/// After a look-up that failed, libcurl 7.88 keeps what it meant to receive into, and then takes no size for
/// that any more: the next transfer couldn't be set up.
bool isAsNew(CURL *easy)
{
    constexpr long anySize = 16 * 1024;
    curl_easy_reset(easy);
    return curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, anySize) == CURLE_OK;
}

} // namespace

CURL *CurlHandles::take()
{
    if (m_free.empty())
        return curl_easy_init();
    CURL *const easy = m_free.back();
    m_free.pop_back();
    return easy;
}

void CurlHandles::giveBack(CURL *easy)
{
    if (m_free.size() >= mostKept || !isAsNew(easy))
        return curl_easy_cleanup(easy);
    m_free.push_back(easy);
}

void CurlHandles::clear()
{
    for (CURL *const easy : m_free)
        curl_easy_cleanup(easy);
    m_free.clear();
}

} // namespace coroscope::net
