// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/traceloader.h"
#include "core/tasks/session.h"

#include <QTimer>

namespace coroscope::tasks {

/// A recording, opened: it can be looked at, and nothing can be done to it. One that is still being written
/// can be followed: then it goes on, as far as it is written.
class FileSession final : public Session
{
    Q_OBJECT
public:
    explicit FileSession(QObject *parent = nullptr);

    /// Begins to read. A QString: it can't be read, in a sentence.
    std::optional<QString> open(const QString &file, bool isToBeFollowed = false);
    const QString &file() const { return m_file; }
    io::TraceLoader &loader() { return m_loader; }
    /// What was read; empty until the end of it.
    const io::ReadReport &report() const { return m_report; }

    /// More was written to the file since it was read.
    bool hasGrown() const { return m_loader.hasGrown(); }
    bool isFollowing() const { return m_loader.isFollowing(); }
    void setFollowing(bool following);

    model::TraceStore &store() override { return m_store; }
    bool takesCommands() const override { return false; }
    bool isLive() const override { return isFollowing(); }
    void post(Command command) override;
    bool canSave() const override { return !m_loader.isRunning(); }
    std::optional<QString> save(const QString &file) override;
    std::optional<TaskSpec> specOf(TaskId) const override { return {}; }
    QString loopName() const override { return m_report.facts.loop; }
    bool isBusy() const override { return m_loader.isRunning(); }

signals:
    /// All is read that can be read.
    void opened();
    /// isFollowing() or hasGrown() did.
    void followingChanged();

private:
    void finish(const io::ReadReport &report);
    void tell(const io::ReadReport &report);
    void look();

    model::TraceStore m_store;
    io::TraceLoader m_loader;
    io::ReadReport m_report;
    QString m_file;
    QTimer m_look; ///< whether the file grows
    bool m_isOpened = false;
    bool m_isToBeFollowed = false;
};

} // namespace coroscope::tasks
