// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/tasks/download/partfile.h"

#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QThreadPool;
QT_END_NAMESPACE

namespace coroscope::download {

/// A part that is whole, and verified where it is to be.
struct FinishJob
{
    PartFile part;
    std::optional<QDateTime> modified {};
    IfExists ifExists = IfExists::Rename;
};

struct FinishResult
{
    QString path {}; ///< of the finished file; empty: it is a part still, which can be reopened
    std::optional<net::Error> error {}; ///< with a path: it has its name, but a power cut may take that back
};

/// Gives whole files their names so that no power cut leaves a name without its bytes: all data is brought to
/// the disk, then each gets its name, then the names are brought to the disk. Blocks for as long as the disk
/// does (tens of milliseconds): for a worker's thread. Together it costs little more than for one file, since
/// the first sync's journal carries the others. What the queue's database says of them comes after.
/// `helpers` wait for the disk beside the calling thread. Throws nothing; results are in the jobs' order.
/// `beforeNames` is called between the data and the names, with what went wrong by then.
using BeforeNames = std::function<void(const std::vector<FinishResult> &soFar)>;
std::vector<FinishResult> finishAll(std::vector<FinishJob> jobs, QThreadPool &helpers,
                                    const BeforeNames &beforeNames = {});

} // namespace coroscope::download
