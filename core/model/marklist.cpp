// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/marklist.h"

#include <algorithm>

namespace coroscope::model {

namespace {
/// Losses closer than this are one stretch.
constexpr Time together = std::chrono::milliseconds(5);
} // namespace

void MarkList::insert(const Mark &mark)
{
    const auto later = std::upper_bound(m_marks.begin(), m_marks.end(), mark,
                                        [](const Mark &a, const Mark &b) { return a.begin < b.begin; });
    m_marks.insert(later, mark);
}

void MarkList::addLost(Time begin, Time end, std::uint64_t count)
{
    for (auto it = m_marks.rbegin(); it != m_marks.rend() && it->begin >= begin - together; ++it) {
        if (it->kind == Mark::Kind::Lost && begin - it->end <= together) {
            it->end = std::max(it->end, end);
            it->count += count;
            return;
        }
    }
    insert({Mark::Kind::Lost, begin, end, false, {}, {}, count});
}

std::vector<Mark>::iterator MarkList::findOpen(Time begin, TaskId task)
{
    if (m_open == 0)
        return m_marks.end();
    const auto last = std::find_if(m_marks.rbegin(), m_marks.rend(), [&](const Mark &mark) {
        return mark.open && mark.kind == Mark::Kind::Blocked && mark.task == task && mark.begin == begin;
    });
    return last == m_marks.rend() ? m_marks.end() : std::prev(last.base());
}

bool MarkList::hasOpenBlocked(Time begin, TaskId task) const
{
    return const_cast<MarkList *>(this)->findOpen(begin, task) != m_marks.end();
}

void MarkList::addBlocked(Time begin, Time end, TaskId task, TaskId loop)
{
    if (const auto open = findOpen(begin, task); open != m_marks.end()) {
        open->open = false;
        open->end = end;
        --m_open;
        return;
    }
    insert({Mark::Kind::Blocked, begin, end, false, task, loop, 0});
}

void MarkList::setOpenBlocked(Time begin, Time now, TaskId task, TaskId loop)
{
    if (const auto open = findOpen(begin, task); open != m_marks.end()) {
        open->end = now;
        return;
    }
    insert({Mark::Kind::Blocked, begin, now, true, task, loop, 0});
    ++m_open;
}

bool MarkList::dropOpenBlocked(Time begin, TaskId task)
{
    const auto open = findOpen(begin, task);
    if (open == m_marks.end())
        return false;
    m_marks.erase(open);
    --m_open;
    return true;
}

Mark &MarkList::openHeld(TaskId loop)
{
    return *std::find_if(m_marks.rbegin(), m_marks.rend(), [loop](const Mark &mark) {
        return mark.open && mark.kind == Mark::Kind::Held && mark.loop == loop;
    });
}

bool MarkList::beginHeld(Time begin, TaskId loop)
{
    if (std::ranges::find(m_heldLoops, loop) != m_heldLoops.end())
        return false;
    insert({Mark::Kind::Held, begin, begin, true, {}, loop, 0});
    m_heldLoops.push_back(loop);
    return true;
}

bool MarkList::endHeld(Time end, TaskId loop)
{
    if (std::erase(m_heldLoops, loop) == 0)
        return false;
    Mark &mark = openHeld(loop);
    mark.open = false;
    mark.end = std::max(mark.begin, end);
    return true;
}

void MarkList::extendHeld(Time now)
{
    for (const TaskId loop : m_heldLoops) {
        Mark &mark = openHeld(loop);
        mark.end = std::max(mark.begin, now);
    }
}

void MarkList::forgetBefore(Time time)
{
    std::erase_if(m_marks, [time](const Mark &mark) { return !mark.open && mark.end < time; });
}

void MarkList::forgetTasks(const std::function<bool(TaskId)> &gone)
{
    for (Mark &mark : m_marks) {
        if (mark.task && gone(mark.task))
            mark.task = {};
    }
}

} // namespace coroscope::model
