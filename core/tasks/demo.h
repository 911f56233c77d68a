// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/localservices.h"
#include "core/runtime/threadexecutor.h"
#include "core/tasks/launch.h"

#include <QObject>

namespace coroscope::tasks {

/// What the demo's file server has to offer: files of 0.1 to 60 MB at the speeds of a slow network, one of
/// which breaks off.
net::FileSite demoSite();

/// The demo: about 15 seconds of downloads, Redis commands, sleeps, a future to be set by hand and a task
/// that blocks its loop, on local services. Starts its tasks one by one; lives on their loop's thread.
class Demo : public QObject
{
    Q_OBJECT
public:
    /// Files go to `folder`. Without a service its tasks are left out.
    Demo(net::Endpoints endpoints, QString folder, TaskContext context,
         std::shared_ptr<ThreadExecutor> executor);

    void start();
    /// Starts no further tasks; those that run are left alone.
    void stop();
    bool isSpawned() const { return m_stepsLeft == 0; }

signals:
    /// All tasks are spawned (not: ended), or stop() was called.
    void spawned();

private:
    void startDownloads();
    void startRedis(int index);
    void after(std::chrono::milliseconds delay, void (Demo::*step)());
    void startSleeps();
    void startFirstRedis() { startRedis(0); }
    void startSecondRedis() { startRedis(1); }
    void startFuture();
    void startParser();

    const net::Endpoints m_endpoints;
    const QString m_folder;
    TaskContext m_context;
    std::shared_ptr<ThreadExecutor> m_executor;
    int m_stepsLeft = 0;
    bool m_isStopped = false;
};

} // namespace coroscope::tasks
