// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/finish.h"

#include <QSemaphore>
#include <QThreadPool>

#include <atomic>
#include <chrono>
#include <map>

namespace coroscope::download {

namespace {

/// Each file waits for the disk by itself: side by side they take half the time. What goes wrong is in
/// `results`.
void syncData(std::vector<FinishJob> &jobs, std::vector<FinishResult> &results, QThreadPool &helpers)
{
    using namespace std::chrono_literals;
    constexpr auto worthHelp = 20us; // a file
    constexpr std::size_t worthAHelper = 4; // files
    std::atomic<std::size_t> next = 1;
    const auto sync = [&](std::size_t i) {
        try {
            jobs[i].part.sync();
        } catch (const net::Exception &e) {
            results[i].error = e.error();
        }
    };
    const auto work = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++)
            sync(i);
    };
    if (jobs.size() > 1) { // one alone is waited for at once
        for (FinishJob &job : jobs)
            job.part.startSync();
    }
    const auto begin = std::chrono::steady_clock::now();
    sync(0);
    const bool isSlow = std::chrono::steady_clock::now() - begin > worthHelp;
    QSemaphore done;
    int helping = 0;
    for (const int most = isSlow ? int((jobs.size() - 1) / worthAHelper) : 0; helping < most; ++helping) {
        if (!helpers.tryStart([&] {
                work();
                done.release();
            }))
            break;
    }
    work();
    done.acquire(helping);
}

} // namespace

std::vector<FinishResult> finishAll(std::vector<FinishJob> jobs, QThreadPool &helpers,
                                    const BeforeNames &beforeNames)
{
    std::vector<FinishResult> results(jobs.size());
    if (!jobs.empty())
        syncData(jobs, results, helpers);
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
