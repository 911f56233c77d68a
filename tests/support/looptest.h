// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/loop.h"
#include "core/runtime/task.h"

#include <QEventLoop>
#include <QPointer>
#include <QTimer>

namespace coroscope::test {

/// Waits, with the test's event loop running, until a task has ended.
inline bool ends(const AnyTask &task, std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    QEventLoop events;
    QTimer::singleShot(limit, &events, [&events] { events.exit(1); });
    if (!task.isDone())
        task.onDone([quit = QPointer(&events)] {
            if (quit)
                quit->quit();
        });
    return task.isDone() || events.exec() == 0;
}

/// What a failed task threw, if that was an E; else nothing.
template<class E>
std::optional<E> thrownBy(const AnyTask &task)
{
    if (!task.isDone() || !task.error())
        return std::nullopt;
    try {
        std::rethrow_exception(task.error());
    } catch (const E &error) {
        return error;
    } catch (...) {
        return std::nullopt;
    }
}

} // namespace coroscope::test
