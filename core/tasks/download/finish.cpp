// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/finish.h"

#include <map>

namespace coroscope::download {

std::vector<FinishResult> finishAll(std::vector<FinishJob> jobs, const BeforeNames &beforeNames)
{
    std::vector<FinishResult> results(jobs.size());
    if (jobs.size() > 1) { // one alone is waited for at once
        for (FinishJob &job : jobs)
            job.part.startSync();
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        try {
            jobs[i].part.sync();
        } catch (const net::Exception &e) {
            results[i].error = e.error();
        }
    }
    if (beforeNames)
        beforeNames(results);
    std::map<QString, std::vector<std::size_t>> named; // by folder
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (results[i].error)
            continue;
        try {
            results[i].path = jobs[i].part.commit(jobs[i].modified, jobs[i].ifExists);
            named[jobs[i].part.folder()].push_back(i);
        } catch (const net::Exception &e) {
            results[i].error = e.error();
        }
    }
    for (const auto &[folder, indexes] : named) {
        try {
            syncFolder(folder);
        } catch (const net::Exception &e) {
            for (const std::size_t i : indexes)
                results[i].error = e.error();
        }
    }
    return results;
}

} // namespace coroscope::download
