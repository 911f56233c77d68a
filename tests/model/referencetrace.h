// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/model/script.h"

#include <random>

namespace coroscope::model {

/// A random session, written into a store and, beside it, down in plain lists: what a store has to answer
/// can be found there by looking at everything.
struct ReferenceTrace
{
    struct Piece
    {
        LaneSpan::What what;
        Time begin;
        Time end;
        bool open = false;
        std::uint32_t slice = 0;
    };
    struct Row
    {
        std::vector<Piece> running;
        std::vector<Piece> pieces; ///< running, waiting and ready, in order
        Time busy {}; ///< without what ran inside
        bool ended = false;
    };

    Script script;
    std::map<std::uint32_t, Row> rows;
    std::map<std::uint32_t, std::vector<std::pair<Time, Time>>> outermost; ///< by thread
    std::mt19937 random;

    explicit ReferenceTrace(std::uint32_t seed, int steps = 400)
        : random(seed)
    {
        m_unit = std::array {1, 7, 1000, 250'000}[pick(4)];
        for (int i = 0; i < steps; ++i) {
            script.after(Time {1 + pick(m_unit)});
            const std::uint32_t thread = 1 + std::uint32_t(pick(2));
            script.on(thread);
            step(m_stacks[thread], thread);
        }
        script.after(Time {1 + pick(m_unit)}).commit();
        finish();
    }

    int pick(int n) { return int(random() % std::uint32_t(n)); }
    Time now() const { return script.time(); }

private:
    struct Frame
    {
        std::uint32_t task;
        Time begin;
        Time nested {};
    };
    struct Waiting
    {
        std::uint32_t task;
        Time since;
        std::optional<Time> ready;
    };

    void step(std::vector<Frame> &stack, std::uint32_t thread)
    {
        switch (pick(6)) {
        case 0:
            if (stack.size() < 4) {
                script.created(++m_lastId, stack.empty() ? 0 : stack.back().task,
                               trace::EntityKind::Coroutine);
                begin(stack, m_lastId);
            }
            break;
        case 1:
            if (stack.size() < 4 && !m_waiting.empty()) {
                const auto it = m_waiting.begin() + pick(int(m_waiting.size()));
                const Waiting waiting = *it;
                m_waiting.erase(it);
                endWait(waiting, script.time(), false);
                begin(stack, waiting.task);
            }
            break;
        case 2:
            if (!m_waiting.empty()) {
                Waiting &waiting = m_waiting[std::size_t(pick(int(m_waiting.size())))];
                if (!waiting.ready) {
                    waiting.ready = script.time();
                    script.ready(waiting.task);
                }
            }
            break;
        case 3:
        case 4:
            if (!stack.empty()) {
                const std::uint32_t task = end(stack, thread);
                const bool yields = pick(4) == 0;
                script.suspended(task, yields ? trace::WaitKind::Yield : trace::WaitKind::Sleep, 5);
                m_waiting.push_back(
                    {task, script.time(), yields ? std::optional(script.time()) : std::nullopt});
            }
            break;
        case 5:
            if (!stack.empty() && pick(3) == 0) {
                const std::uint32_t task = end(stack, thread);
                script.finished(task);
                rows[task].ended = true;
            }
            break;
        }
    }
    void begin(std::vector<Frame> &stack, std::uint32_t task)
    {
        script.resumed(task, trace::Cause::Timer);
        stack.push_back({task, script.time()});
    }
    std::uint32_t end(std::vector<Frame> &stack, std::uint32_t thread)
    {
        const Frame frame = stack.back();
        stack.pop_back();
        const Time length = script.time() - frame.begin;
        if (stack.empty())
            outermost[thread].emplace_back(frame.begin, script.time());
        else
            stack.back().nested += length;
        addSlice(frame, false);
        rows[frame.task].busy += length - frame.nested;
        return frame.task;
    }
    void addSlice(const Frame &frame, bool open)
    {
        Row &row = rows[frame.task];
        const Piece piece {LaneSpan::What::Running, frame.begin, script.time(), open,
                           std::uint32_t(row.running.size())};
        row.running.push_back(piece);
        row.pieces.push_back(piece);
    }
    void endWait(const Waiting &waiting, Time end, bool open)
    {
        Row &row = rows[waiting.task];
        const Time turn = waiting.ready.value_or(end);
        const auto slice = std::uint32_t(row.running.size() - 1);
        if (turn > waiting.since)
            row.pieces.push_back(
                {LaneSpan::What::Waiting, waiting.since, turn, open && !waiting.ready, slice});
        if (end > turn)
            row.pieces.push_back({LaneSpan::What::Ready, turn, end, open, slice});
    }
    void finish()
    {
        for (const Waiting &waiting : m_waiting)
            endWait(waiting, script.time(), true);
        for (auto &[thread, stack] : m_stacks) {
            if (!stack.empty())
                outermost[thread].emplace_back(stack.front().begin, script.time());
            for (const Frame &frame : stack)
                addSlice(frame, true);
        }
    }

    int m_unit = 1;
    std::uint32_t m_lastId = 0;
    std::map<std::uint32_t, std::vector<Frame>> m_stacks;
    std::vector<Waiting> m_waiting;
};

} // namespace coroscope::model
