// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <memory>
#include <optional>

class QAbstractEventDispatcher;

namespace coroscope::dispatch {

/// The event loops that a thread can have.
enum class LoopKind {
    Default, ///< whatever Qt gives a new thread
    Glib, ///< Qt's on GLib's main context
    Unix, ///< Qt's on poll()
    Uv, ///< ours on libuv: its cost doesn't grow with the number of sockets
};

/// "glib", "unix", "uv", and "default".
QString nameOf(LoopKind kind);
/// The kind of that name; none: there is no such loop anywhere.
std::optional<LoopKind> loopKindNamed(const QString &name);

/// Those that a thread can be given here: what this build was made with, and what Qt makes by itself; fastest
/// first.
QList<LoopKind> availableLoops();
/// Uv where it was built, else Default.
LoopKind preferredLoop();
/// "uv, unix, glib": the names of availableLoops().
QString availableLoopNames();

/// A dispatcher for QThread::setEventDispatcher(), before that thread starts. Null where Qt has to make it:
/// for Default and for Glib, which only its own thread can make; and for what isn't available. A window's
/// thread keeps the platform's own: no other brings it input.
std::unique_ptr<QAbstractEventDispatcher> makeDispatcher(LoopKind kind);
/// Which of them a dispatcher is; Default: one of somebody else's.
LoopKind kindOf(const QAbstractEventDispatcher &dispatcher);

} // namespace coroscope::dispatch
