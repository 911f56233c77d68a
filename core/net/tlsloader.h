// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/notifier.h"

#include <memory>
#include <thread>

namespace coroscope::net {

/// Qt loads its TLS library when somebody first asks for it, and that takes up to 100 ms; libcurl takes some
/// more: it is done here on a thread of its own, so that no task blocks its loop with it.
///
///     while (!loader->isLoaded())
///         co_await loader->loading();
///
/// Loop's thread; keep it in a shared_ptr.
class TlsLoader : public std::enable_shared_from_this<TlsLoader>
{
public:
    TlsLoader() = default;
    ~TlsLoader();
    TlsLoader(const TlsLoader &) = delete;
    TlsLoader &operator=(const TlsLoader &) = delete;

    bool isLoaded() const;
    /// What HTTP needs of it: earlier than the rest.
    bool isCurlLoaded() const;
    /// Starts loading if nobody has. Resumed by the loop when it may be done. Cancellable.
    Notifier::Awaiter loading();
    /// The same, and no more is loaded than HTTP needs.
    Notifier::Awaiter loadingCurl();

private:
    void start(std::thread &thread, bool loadsAll);

    Notifier m_notifier;
    std::thread m_thread;
    std::thread m_curlThread;
};

} // namespace coroscope::net
