// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/httpclient.h"
#include "core/net/tlsloader.h"
#include "core/tasks/download/disk.h"
#include "core/tasks/download/entry.h"

#include <QCoroTask>
#include <QHash>

#include <functional>

namespace coroscope::download {

struct NamedBy
{
    ItemId item;
    int addition = 0; ///< Entry::addition
};

/// What all transfers of a queue share. One loop's thread; keep it in a shared_ptr.
struct Tools
{
    net::HttpClient http;
    std::shared_ptr<net::TlsLoader> tls = std::make_shared<net::TlsLoader>();
    std::shared_ptr<Places> places = std::make_shared<Places>(Limits().transfers, Limits().perHost);
    std::shared_ptr<Disk> disk;
    CheckedFolders folders;
    RateLimiter limiter {{}, std::chrono::steady_clock::now()}; ///< of all together
    double haste = 1; ///< times the waits between tries that we choose; less than 1 for tests
    /// A plain body that lacks so much is moved by the kernel, on a thread. Of less, the picture of the tasks
    /// is clearer without that, and the connection can be used again.
    qint64 takesOverFrom = 64 << 20;
    std::function<double()> random; ///< 0 to 1, for the jitter of waits
    /// Who got a path in this process, where what is there counts: see policyFor().
    QHash<QString, NamedBy> named;
    /// An entry has received all: who waits for its place can have it, who waits to be next, too.
    std::function<void(Entry &)> handedOver = [](Entry &) { };
    /// A row has changed in a way that can't wait for the next look.
    std::function<void(Entry &)> changed = [](Entry &) { };
};
using ToolsPtr = std::shared_ptr<Tools>;

/// The server or the proxy wants a login that it wasn't given, or refused.
class LoginNeeded : public net::Exception
{
public:
    using net::Exception::Exception;
};

/// Fetches one file: all its tries, from the first request to its name in the folder. Throws net::Exception
/// with the reason of the last try; the part then stays for a later one. Cancelled, it writes down what has
/// come, unless the entry's wish is to lose it.
QCoro::Task<Result> transfer(EntryPtr entry, ToolsPtr tools);

/// What to do with a file at that path. Of several that were added together and have one name none is there
/// before the others: all are kept.
IfExists policyFor(const Entry &entry, const Tools &tools, const QString &path);

/// What is known of a part's pieces becomes a fresh start.
void startOver(Entry &entry);

} // namespace coroscope::download
