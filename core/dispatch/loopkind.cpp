// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/loopkind.h"

#include "core/dispatch/qtdispatchers.h"

#ifdef COROSCOPE_HAS_UV
#    include "core/dispatch/uvdispatcher.h"
#endif

#include <QAbstractEventDispatcher>
#include <QThread>

#include <atomic>

namespace coroscope::dispatch {

namespace {

constexpr std::pair<LoopKind, const char *> names[] {
    {LoopKind::Default, "default"},
    {LoopKind::Glib, "glib"},
    {LoopKind::Unix, "unix"},
    {LoopKind::Uv, "uv"},
};

#ifdef COROSCOPE_HAS_UV
constexpr bool hasUv = true;
#else
constexpr bool hasUv = false;
#endif

/// What Qt gives a new thread.
LoopKind kindByDefault()
{
    static const LoopKind kind = [] {
        std::atomic found = LoopKind::Default; // ThreadSanitizer can't see that QThread::wait() orders
        const std::unique_ptr<QThread> probe(
            QThread::create([&found] { found = kindOf(*QAbstractEventDispatcher::instance()); }));
        probe->start();
        probe->wait();
        return found.load();
    }();
    return kind;
}

} // namespace

QString nameOf(LoopKind kind) { return QLatin1String(names[std::size_t(kind)].second); }

std::optional<LoopKind> loopKindNamed(const QString &name)
{
    for (const auto &[kind, known] : names) {
        if (name == QLatin1String(known))
            return kind;
    }
    return {};
}

QList<LoopKind> availableLoops()
{
    QList<LoopKind> loops;
    if (hasUv)
        loops << LoopKind::Uv;
    if (kindByDefault() == LoopKind::Unix || makeUnixDispatcher())
        loops << LoopKind::Unix;
    if (kindByDefault() == LoopKind::Glib)
        loops << LoopKind::Glib;
    return loops;
}

LoopKind preferredLoop() { return hasUv ? LoopKind::Uv : LoopKind::Default; }

QString availableLoopNames()
{
    QStringList available;
    for (const LoopKind kind : availableLoops())
        available << nameOf(kind);
    return available.join(QStringLiteral(", "));
}

std::unique_ptr<QAbstractEventDispatcher> makeDispatcher(LoopKind kind)
{
    switch (kind) {
    case LoopKind::Default:
    case LoopKind::Glib:
        break;
    case LoopKind::Unix:
        return makeUnixDispatcher();
    case LoopKind::Uv:
#ifdef COROSCOPE_HAS_UV
        return std::make_unique<UvDispatcher>();
#endif
        break;
    }
    return nullptr;
}

LoopKind kindOf(const QAbstractEventDispatcher &dispatcher)
{
    // A platform's own classes are derived from Qt's.
    if (dispatcher.inherits("QEventDispatcherGlib"))
        return LoopKind::Glib;
    if (dispatcher.inherits("QEventDispatcherUNIX"))
        return LoopKind::Unix;
    if (dispatcher.inherits("coroscope::dispatch::UvDispatcher"))
        return LoopKind::Uv;
    return LoopKind::Default;
}

} // namespace coroscope::dispatch
