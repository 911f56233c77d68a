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
} // namespace

TlsLoader::~TlsLoader()
{
    for (std::thread *thread : {&m_thread, &m_curlThread}) {
        if (thread->joinable())
            thread->join();
    }
}

bool TlsLoader::isLoaded() const { return loaded; }

bool TlsLoader::isCurlLoaded() const { return isCurlReady(); }

Notifier::Awaiter TlsLoader::loading()
{
    start(m_thread, true);
    return m_notifier.wait(trace::WaitKind::Job, trace::intern(u"TLS library"));
}

Notifier::Awaiter TlsLoader::loadingCurl()
{
    start(m_curlThread, false);
    return m_notifier.wait(trace::WaitKind::Job, trace::intern(u"TLS library"));
}

void TlsLoader::start(std::thread &thread, bool loadsAll)
{
    if (thread.joinable())
        return;
    thread = std::thread([inbox = Loop::current()->inbox(), weak = weak_from_this(), loadsAll] {
        const auto tell = [&inbox, &weak] {
            inbox->post([weak] {
                if (const auto self = weak.lock())
                    self->m_notifier.notify(trace::Cause::Job);
            });
        };
        loadCurl();
        tell();
        if (!loadsAll)
            return;
        QSslConfiguration::defaultConfiguration();
        loaded = true;
        tell();
    });
}

} // namespace coroscope::net
