// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/traceloader.h"
#include "core/tasks/session.h"

namespace coroscope::tasks {

/// A recording, opened: it can be looked at, and nothing can be done to it.
class FileSession final : public Session
{
    Q_OBJECT
public:
    explicit FileSession(QObject *parent = nullptr);

    /// Begins to read. A QString: it can't be read, in a sentence.
    std::optional<QString> open(const QString &file);
    const QString &file() const { return m_file; }
    io::TraceLoader &loader() { return m_loader; }
    /// What was read; empty until the end of it.
    const io::ReadReport &report() const { return m_report; }

    model::TraceStore &store() override { return m_store; }
    bool takesCommands() const override { return false; }
    bool isLive() const override { return false; }
    void post(Command command) override;
    bool canSave() const override { return !m_loader.isRunning(); }
    std::optional<QString> save(const QString &file) override;
    std::optional<TaskSpec> specOf(TaskId) const override { return {}; }
    QString loopName() const override { return m_report.facts.loop; }
    bool isBusy() const override { return m_loader.isRunning(); }

signals:
    /// All is read that can be read.
    void opened();

private:
    void finish(const io::ReadReport &report);

    model::TraceStore m_store;
    io::TraceLoader m_loader;
    io::ReadReport m_report;
    QString m_file;
};

} // namespace coroscope::tasks
