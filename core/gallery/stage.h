// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/sleep.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

namespace coroscope::gallery {

struct StageOptions
{
    double speed = 1; ///< every sleep is divided by it
    QList<QUrl> urls {}; ///< what to fetch
    QList<QUrl> redis {}; ///< redis://…, with their passwords
    QList<QUrl> mysql {}; ///< mysql://…, with their passwords
    QString folder {}; ///< where files go
    bool decodeResponses = true; ///< replies of Redis are text; else bytes
    std::function<void(const QString &)> print {}; ///< takes each line, besides the console; any thread
    std::function<void(std::chrono::nanoseconds)> block {}; ///< holds a thread up; empty: it sleeps
};

/// What an example acts on: where its lines go, how fast its time runs, where its servers are. A value; its
/// copies stand for the same run.
class Stage
{
public:
    explicit Stage(StageOptions options);

    /// Prints a line in the console and wherever else the run wants it. Any thread.
    void print(const QString &line) const;
    /// `co_await stage.sleep(2s)`, as asyncio.sleep: other tasks run meanwhile.
    Sleep sleep(std::chrono::nanoseconds duration) const { return coroscope::sleep(scaled(duration)); }
    /// `stage.block(2s)`, as time.sleep: holds the calling thread up. On the loop's, every task stands still.
    void block(std::chrono::nanoseconds duration) const;
    /// The duration at the speed of this run.
    std::chrono::nanoseconds scaled(std::chrono::nanoseconds duration) const;

    const QList<QUrl> &urls() const { return m_options->urls; }
    const QList<QUrl> &redis() const { return m_options->redis; }
    const QList<QUrl> &mysql() const { return m_options->mysql; }
    const QString &folder() const { return m_options->folder; }
    bool decodesResponses() const { return m_options->decodeResponses; }

private:
    std::shared_ptr<const StageOptions> m_options;
};

/// An address as it is printed: without user and password.
QString shown(const QUrl &url);

} // namespace coroscope::gallery
