// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slice.h"

#include <functional>
#include <span>
#include <vector>

namespace coroscope::model {

/// The marks of a session, ordered by begin.
class MarkList
{
public:
    std::span<const Mark> marks() const noexcept { return m_marks; }
    void addLost(Time begin, Time end, std::uint64_t count);
    void addBlocked(Time begin, Time end, TaskId task, TaskId loop);
    /// A slice that blocks and still runs; called again it moves the end. addBlocked() with the same begin
    /// and task ends it.
    void setOpenBlocked(Time begin, Time now, TaskId task, TaskId loop);
    /// The open mark was none after all: false if there is none.
    bool dropOpenBlocked(Time begin, TaskId task);
    bool hasOpenBlocked(Time begin, TaskId task) const;
    /// The loop is held from `begin` on. False if it is already.
    bool beginHeld(Time begin, TaskId loop);
    /// It goes on. False if it wasn't held.
    bool endHeld(Time end, TaskId loop);
    void extendHeld(Time now);
    const std::vector<TaskId> &heldLoops() const noexcept { return m_heldLoops; }
    /// Marks stay when their task is removed, without it.
    /// Drops marks that end before `time`.
    void forgetBefore(Time time);
    void forgetTasks(const std::function<bool(TaskId)> &gone);

private:
    void insert(const Mark &mark);
    std::vector<Mark>::iterator findOpen(Time begin, TaskId task);
    Mark &openHeld(TaskId loop);

    std::vector<Mark> m_marks;
    std::size_t m_open = 0; // of those that block
    std::vector<TaskId> m_heldLoops; // each has an open mark
};

} // namespace coroscope::model
