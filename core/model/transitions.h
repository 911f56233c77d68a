// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

#include <array>

namespace coroscope::model {

/// What an event does to the state of the task that it speaks of.
enum class Move : std::uint8_t { Resume, Suspend, Wake, Complete, Fail, Cancel, Destroy };
inline constexpr int moveCount = 7;
inline constexpr int stateCount = 8;

constexpr TaskState targetOf(Move move)
{
    constexpr std::array<TaskState, moveCount> targets {TaskState::Running, TaskState::Suspended,
                                                        TaskState::Ready,   TaskState::Done,
                                                        TaskState::Failed,  TaskState::Cancelled,
                                                        TaskState::Lost};
    return targets[std::size_t(move)];
}

constexpr Move moveOf(trace::Outcome outcome)
{
    switch (outcome) {
    case trace::Outcome::Done:
        return Move::Complete;
    case trace::Outcome::Failed:
        return Move::Fail;
    case trace::Outcome::Cancelled:
        return Move::Cancel;
    }
    return Move::Fail;
}

namespace detail {
using Row = std::array<bool, moveCount>;
// clang-format off
/// Coroutines and spawned tasks. A task that was woken but never ran stands in the row of Created: it may
/// end without ever running, because it was cancelled or because its function threw or returned at once
/// without being a coroutine. To be woken twice (a yield is ready at once, a cancel finds it ready)
/// changes nothing.
inline constexpr std::array<Row, stateCount> taskMoves{{
    //           Resume Suspend Wake   Complete Fail   Cancel Destroy
    /*Created*/ {true,  false,  true,  true,    true,  true,  true},
    /*Running*/ {false, true,   false, true,    true,  true,  false},
    /*Suspended*/{true, false,  true,  false,   false, false, true},
    /*Ready*/   {true,  false,  true,  false,   false, false, true},
    /*Done*/    {false, false,  false, false,   false, false, false},
    /*Failed*/  {false, false,  false, false,   false, false, false},
    /*Cancelled*/{false,false,  false, false,   false, false, false},
    /*Lost*/    {false, false,  false, false,   false, false, false},
}};
/// Loops and workers: they may end whatever they do, idle before their first job, and are never woken.
inline constexpr std::array<Row, stateCount> serviceMoves{{
    //           Resume Suspend Wake   Complete Fail   Cancel Destroy
    /*Created*/ {true,  true,   false, true,    true,  true,  true},
    /*Running*/ {false, true,   false, true,    true,  true,  true},
    /*Suspended*/{true, false,  false, true,    true,  true,  true},
    /*Ready*/   {false, false,  false, false,   false, false, false},
    /*Done*/    {false, false,  false, false,   false, false, false},
    /*Failed*/  {false, false,  false, false,   false, false, false},
    /*Cancelled*/{false,false,  false, false,   false, false, false},
    /*Lost*/    {false, false,  false, false,   false, false, false},
}};
// clang-format on
} // namespace detail

constexpr bool isService(trace::EntityKind kind)
{
    return kind == trace::EntityKind::Loop || kind == trace::EntityKind::Worker;
}

/// The one table of legal moves. `hasRun` is false until the task's first resumption.
constexpr bool isLegal(trace::EntityKind kind, TaskState from, bool hasRun, Move move)
{
    if (isService(kind))
        return detail::serviceMoves[std::size_t(from)][std::size_t(move)];
    if (from == TaskState::Ready && !hasRun)
        from = TaskState::Created;
    return detail::taskMoves[std::size_t(from)][std::size_t(move)];
}

} // namespace coroscope::model
