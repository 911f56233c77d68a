// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/curlhandles.h"
#include "core/net/httpget.h"

#include <memory>

namespace coroscope::net {

/// A GET as libcurl is told of it: has the easy handle, with everything set but who receives.
class CurlRequest
{
public:
    /// Throws Exception if something of the GET can't be used. `handles` lives longer.
    CurlRequest(const HttpGet &get, CurlHandles &handles);

    CURL *handle() const { return m_easy.get(); }
    bool usesProxy() const { return m_usesProxy; }
    bool usesTls() const { return m_usesTls; }
    /// Basic goes out unasked; a server that wants Digest alone may be asked once more.
    bool mayTryDigest() const { return m_hasLogin && !m_usesDigest; }
    bool usesDigest() const { return m_usesDigest; }
    void useDigest();

    template<class T>
    void set(CURLoption option, T value)
    {
        require(curl_easy_setopt(handle(), option, value));
    }

private:
    void require(CURLcode code) const;
    void setTarget(const QUrl &url);
    void setHeaders(const HttpGet &get);
    void setLogin(const HttpGet &get);
    void setTls(const TlsSettings &tls);
    void setProxy(const HttpGet &get);

    struct FreeList
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    struct GiveBack
    {
        CurlHandles *handles;
        bool hasCookies = false;
        void operator()(CURL *easy) const
        {
            if (hasCookies)
                curl_easy_cleanup(easy);
            else
                handles->giveBack(easy);
        }
    };

    std::unique_ptr<curl_slist, FreeList> m_headers; ///< outlives the handle's use
    std::unique_ptr<CURL, GiveBack> m_easy;
    QUrl m_url;
    bool m_usesProxy = false;
    bool m_usesTls = true;
    bool m_hasLogin = false;
    bool m_usesDigest = false;
};

} // namespace coroscope::net
