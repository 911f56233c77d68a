// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"
#include "core/tasks/session.h"
#include "tests/model/script.h"

namespace coroscope::tests {

/// A session for tests of the window's parts: a real store that the test's script fills, and commands that
/// are only kept.
class FakeSession : public tasks::Session
{
public:
    model::Script script;
    std::vector<tasks::Command> posted;
    std::map<TaskId, tasks::TaskSpec> specs;
    bool commands = true;
    download::DownloadList list; ///< fed by apply()
    bool hasQueue = true;
    std::map<TaskId, std::shared_ptr<const tasks::ResultTable>> tables;
    bool busy = false;

    model::TraceStore &store() override { return script.store; }
    bool takesCommands() const override { return commands; }
    void post(tasks::Command command) override { posted.push_back(std::move(command)); }
    std::optional<tasks::TaskSpec> specOf(TaskId task) const override
    {
        const auto found = specs.find(task);
        return found == specs.end() ? std::nullopt : std::optional(found->second);
    }
    download::DownloadList *downloads() override { return hasQueue ? &list : nullptr; }
    std::shared_ptr<const tasks::ResultTable> table(TaskId task) const override
    {
        const auto found = tables.find(task);
        return found == tables.end() ? nullptr : found->second;
    }
    QString loopName() const override { return QStringLiteral("unix"); }
    bool isBusy() const override { return busy; }

    /// The only command of that kind that was posted; a test that asks for another number fails by throwing.
    template<class Command>
    const Command &only() const
    {
        const Command *found = nullptr;
        for (const tasks::Command &command : posted) {
            if (const auto *one = std::get_if<Command>(&command)) {
                if (found)
                    throw std::logic_error("more than one such command was posted");
                found = one;
            }
        }
        if (!found)
            throw std::logic_error("no such command was posted");
        return *found;
    }

    /// Like only(), of the commands for the queue of downloads.
    template<class Command>
    const Command &onlyDownload() const
    {
        const Command *found = nullptr;
        for (const tasks::Command &command : posted) {
            const auto *wrapped = std::get_if<tasks::DownloadCommand>(&command);
            if (const auto *one = wrapped ? std::get_if<Command>(&wrapped->command) : nullptr) {
                if (found)
                    throw std::logic_error("more than one such command was posted");
                found = one;
            }
        }
        if (!found)
            throw std::logic_error("no such command was posted");
        return *found;
    }

    /// A task with a name and a category that starts now and waits for a timer.
    FakeSession &sleeper(std::uint32_t id, const QString &name,
                         const QString &category = QStringLiteral("sleep"))
    {
        using namespace std::chrono_literals;
        script.created(id)
            .text(id, trace::TextKind::Name, name)
            .text(id, trace::TextKind::Category, category);
        script.resumed(id).after(20us).suspended(id, trace::WaitKind::Sleep, 2'000'000'000);
        return *this;
    }
    /// Ends a task that waits.
    FakeSession &end(std::uint32_t id, trace::Outcome outcome = trace::Outcome::Done,
                     const QString &text = {})
    {
        using namespace std::chrono_literals;
        const bool cancelled = outcome == trace::Outcome::Cancelled;
        script.resumed(id, cancelled ? trace::Cause::Cancel : trace::Cause::Timer).after(30us);
        if (!text.isEmpty()) {
            const bool failed = outcome == trace::Outcome::Failed;
            script.text(id, failed ? trace::TextKind::Error : trace::TextKind::Result, text);
        }
        script.finished(id, outcome);
        return *this;
    }
    /// A pending future that a test sets.
    FakeSession &future(std::uint32_t id, const QString &name, const QString &type, std::uint32_t creator = 0)
    {
        script.put(id, trace::EventType::FutureCreated, {}, 1, creator, 0);
        script.text(id, trace::TextKind::FutureName, name).text(id, trace::TextKind::FutureType, type);
        return *this;
    }
};

} // namespace coroscope::tests
