// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

namespace coroscope::net {

/// Readies libcurl, and with it OpenSSL, for this process; the first call takes some milliseconds. Any
/// thread, as often as wanted.
void loadCurl();
/// Whether that has been done. Any thread.
bool isCurlReady();

} // namespace coroscope::net
