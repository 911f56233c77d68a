// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/tlsloader.h"

#include "core/net/curllibrary.h"
#include "core/runtime/loop.h"
#include "core/trace/strings.h"

#include <QSslConfiguration>

#include <atomic>

namespace coroscope::net {

namespace {
std::atomic<bool> loaded {false}; // of the process: it is never unloaded
std::atomic<bool> curlLoaded {false};
} // namespace

TlsLoader::~TlsLoader()
{
    if (m_thread.joinable())
        m_thread.join();
}

bool TlsLoader::isLoaded() const { return loaded; }

bool TlsLoader::isCurlLoaded() const { return curlLoaded; }

Notifier::Awaiter TlsLoader::loading()
{
    start();
    return m_notifier.wait(trace::WaitKind::Job, trace::intern(u"TLS library"));
}

void TlsLoader::start()
{
    if (m_thread.joinable())
        return;
    m_thread = std::thread([inbox = Loop::current()->inbox(), weak = weak_from_this()] {
        const auto tell = [&inbox, &weak](std::atomic<bool> &what) {
            what = true;
            inbox->post([weak] {
                if (const auto self = weak.lock())
                    self->m_notifier.notify(trace::Cause::Job);
            });
        };
        loadCurl();
        tell(curlLoaded);
        QSslConfiguration::defaultConfiguration();
        tell(loaded);
    });
}

} // namespace coroscope::net
