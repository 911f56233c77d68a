// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curllibrary.h"

#include <curl/curl.h>

#include <atomic>

namespace coroscope::net {

namespace {
std::atomic<bool> ready {false};
} // namespace

bool isCurlReady() { return ready; }

void loadCurl()
{
    // Never cleaned up: a name's look-up may still be on its way on a thread of libcurl's when the program
    // ends.
    [[maybe_unused]] static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    ready = true;
}

} // namespace coroscope::net
