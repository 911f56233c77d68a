// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <variant>

namespace coroscope::download {

// Commands are values, posted to the engine's loop; none of them is waited for. Items that are unknown, or
// in a state that a command makes no sense in, are passed over.

/// Appends files to the queue, in order. A request whose URL waits or runs already for the same folder and
/// chosen name isn't added twice: that item gets the new options and credentials and, where it was paused or
/// had failed, goes on. One that is done, with its file intact, is left alone where `skipDone` says so,
/// unless the server is to be asked for a newer one.
struct Add
{
    std::vector<Request> requests;
    QString batch {};
    bool paused = false;
    bool skipDone = false;
    QDateTime startAt {}; ///< null: now
    bool isLasting = true;
};
/// Keeps what has come.
struct Pause
{
    std::vector<ItemId> items;
};
struct Resume
{
    std::vector<ItemId> items;
};
/// Discards what has come.
struct Cancel
{
    std::vector<ItemId> items;
};
/// Those that failed or were cancelled, with all their tries; keeps what has come.
struct Retry
{
    std::vector<ItemId> items;
};
/// Takes items out of the queue; those under way are cancelled. Can be undone until the program ends.
struct Remove
{
    std::vector<ItemId> items;
    bool withFile = false; ///< moves the finished file to the trash
};
/// Brings back what the last Remove took, with its files.
struct UndoRemove
{ };
/// Moves items, in their order, before another; none: to the end.
struct Move
{
    std::vector<ItemId> items;
    ItemId before {};
};
struct SetPriority
{
    std::vector<ItemId> items;
    int priority = 0; ///< -1 low, 0 normal, 1 high
};
struct SetRate
{
    std::vector<ItemId> items;
    std::optional<qint64> bytesPerSecond {};
};
struct SetStart
{
    std::vector<ItemId> items;
    QDateTime at {}; ///< null: now
};
/// Keeps the bytes if the new address has the same file (size and, where both have one, validator).
struct ReplaceUrl
{
    ItemId item;
    QUrl url;
};
/// For an item that paused because the server or the proxy wants a login; it goes on, as do all others that
/// wait for the same host's.
struct GiveCredentials
{
    ItemId item;
    net::Credentials credentials {};
};
struct SetLimits
{
    Limits limits;
};
struct PauseAll
{ };
struct ResumeAll
{ };
/// Takes everything that has ended out of the queue, files stay. Can be undone as a Remove.
struct ClearEnded
{ };

using Command =
    std::variant<Add, Pause, Resume, Cancel, Retry, Remove, UndoRemove, Move, SetPriority, SetRate, SetStart,
                 ReplaceUrl, GiveCredentials, SetLimits, PauseAll, ResumeAll, ClearEnded>;

} // namespace coroscope::download
