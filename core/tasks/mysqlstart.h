// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/localservices.h"
#include "core/runtime/loopthread.h"

#include <QObject>

#include <memory>

namespace coroscope::tasks {

/// Shows the start of the local MySQL servers, which takes some seconds, as a task on the observed loop: what
/// it prints says how far they are, and it ends when they run, or fails with what keeps them from it.
///
/// Lives on the services' thread, and not longer than them and the loop.
class MySqlStart : public QObject
{
    Q_OBJECT
public:
    MySqlStart(net::LocalServices &services, LoopThread &loop, QObject *parent = nullptr);

private:
    struct Shown;

    std::shared_ptr<Shown> m_shown; ///< touched on the loop's thread alone
};

} // namespace coroscope::tasks
