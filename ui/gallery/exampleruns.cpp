// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/exampleruns.h"

#include "ui/gallery/runfigures.h"

#include <algorithm>
#include <ranges>

namespace coroscope::ui {

ExampleRuns::ExampleRuns(tasks::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &tasks::Session::launched, this, [this](TaskId task) {
        const auto spec = m_session.specOf(task);
        const auto *example = spec ? std::get_if<tasks::ExampleSpec>(&*spec) : nullptr;
        if (!example)
            return;
        m_runs.push_back({example->id, task});
        emit begun(example->id, task);
    });
    connect(&session.store(), &model::TraceStore::changed, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared || !changes.forgotten.empty())
            std::erase_if(m_runs, [this](const Run &run) { return !m_session.store().task(run.task); });
    });
}

std::vector<ExampleRuns::Run> ExampleRuns::all() const
{
    std::vector<Run> known;
    std::ranges::copy_if(m_runs, std::back_inserter(known),
                         [this](const Run &run) { return m_session.store().task(run.task) != nullptr; });
    return known;
}

TaskId ExampleRuns::latest(const QString &example, const model::Moment &moment) const
{
    const std::vector<Run> known = all();
    const auto newestFirst = known | std::views::reverse;
    const auto found = std::ranges::find_if(newestFirst, [&](const Run &run) {
        return run.example == example && moment.exists(run.task);
    });
    return found == newestFirst.end() ? TaskId {} : found->task;
}

std::vector<ExampleRuns::Run> ExampleRuns::ended(const model::Moment &moment) const
{
    std::vector<Run> found;
    for (const Run &run : all() | std::views::reverse) {
        const bool isListed = std::ranges::find(found, run.example, &Run::example) != found.end();
        if (!isListed && figuresOfRun(moment, run.task, moment.now()).isOver)
            found.push_back(run);
    }
    return found;
}

} // namespace coroscope::ui
