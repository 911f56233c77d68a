// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/surroundings.h"
#include "core/tasks/download/commands.h"
#include "core/tasks/download/downloadlist.h"

namespace coroscope::app {

/// What `coroscope download` is asked for, checked and whole.
struct DownloadPlan
{
    download::Add add {};
    std::optional<int> transfers {}; ///< at once; none: as many as there may be now
    std::optional<int> perHost {};
    std::optional<qint64> bytesPerSecond {};
    QString queueFile {}; ///< absolute
    QStringList notes {}; ///< what a person should know before it begins

    /// Those now, but for what was asked for.
    download::Limits limits(download::Limits now = {}) const;
    bool asksForLimits() const { return transfers || perHost || bytesPerSecond; }
    /// The terminal's queue: nobody is there to pause it or to give a login.
    download::QueueOptions queue() const;
};

/// Reads the lists, and asks for a password where one is wanted, after all else was found good. A message
/// about input names each line that can't be read.
std::variant<DownloadPlan, BadUse> readDownload(const Arguments &arguments, const Surroundings &surroundings);

/// The same files as lines for the window's form, in the format of `-i`; without logins.
QString asInput(const std::vector<download::Request> &requests);
/// Whether the plan holds what such lines can't say, or mustn't.
bool hasMoreThanInput(const DownloadPlan &plan);

} // namespace coroscope::app
