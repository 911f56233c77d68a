// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace coroscope::ui {

/// What is selected and hovered in the window. All views read and set this one; none is wired to another.
class Selection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    TaskId task() const { return m_task; }
    /// Index of the selected slice in the selected task's lane, where one was chosen.
    std::optional<std::uint32_t> slice() const { return m_slice; }
    TaskId hovered() const { return m_hovered; }

    void select(TaskId task, std::optional<std::uint32_t> slice = {});
    void clear() { select({}); }
    void hover(TaskId task);
    /// Asks views to bring a task into sight (double click in a table, "show on the timeline").
    void reveal(TaskId task, std::optional<std::uint32_t> slice = {});

signals:
    void changed();
    void hoverChanged();
    void revealed(coroscope::TaskId task, std::optional<std::uint32_t> slice);

private:
    TaskId m_task;
    TaskId m_hovered;
    std::optional<std::uint32_t> m_slice;
};

} // namespace coroscope::ui
