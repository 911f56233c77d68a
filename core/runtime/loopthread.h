// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"
#include "core/runtime/loop.h"

#include <QThread>

#include <memory>
#include <semaphore>

#include <sys/types.h>

namespace coroscope {

/// A thread with a Loop and nothing else, on the event dispatcher of the kind asked for (Qt's choice where
/// that isn't available).
class LoopThread final : public QThread
{
    Q_OBJECT
public:
    explicit LoopThread(LoopOptions options = {}, dispatch::LoopKind kind = dispatch::LoopKind::Default,
                        QObject *parent = nullptr);
    /// Stops it.
    ~LoopThread() override;

    /// Returns once the loop takes functions.
    void startAndWait();
    /// Ends the event loop and destroys the Loop, with the frames that wait on it; returns once that is done.
    /// What was posted before is still run.
    void stop();
    /// Runs `function` on the loop's thread, soon. Any thread, between startAndWait() and stop(). False if
    /// the loop doesn't run.
    bool post(std::function<void()> function);
    TaskId loopId() const noexcept { return m_id; }

protected:
    void run() override;

private:
    LoopOptions m_options;
    dispatch::LoopKind m_kind;
    std::shared_ptr<LoopInbox> m_inbox;
    TaskId m_id;
    pid_t m_thread = 0; ///< its kernel's id
    std::binary_semaphore m_running {0};
};

} // namespace coroscope
