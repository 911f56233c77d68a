// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/permit.h"
#include "core/runtime/task.h"

#include <QCoreApplication>

#include <deque>
#include <optional>
#include <vector>

namespace coroscope {

/// Hands out tasks as they end: made by asCompleted(). The counterpart of `for task in as_completed(tasks)`:
///
///     auto completed = asCompleted(tasks);
///     for (auto task = co_await completed.next(); task; task = co_await completed.next())
///
/// It cancels nothing and throws nothing of the tasks'. Loop's thread only.
template<class T>
class AsCompleted
{
    struct State final : detail::SharedState
    {
        State()
            : permits(new detail::PermitPool(0, trace::WaitKind::Notifier,
                                             QCoreApplication::translate("coroscope::AsCompleted",
                                                                         "the next of several tasks to end")))
        { }
        void ended(std::size_t index)
        {
            done.push_back(index);
            permits->giveBack();
        }
        struct Member final : TaskWatcher
        {
            void taskEnded(TaskStateBase &) noexcept override { state->ended(index); }
            State *state = nullptr;
            std::size_t index = 0;
        };
        detail::Shared<detail::PermitPool> permits; // one for each that has ended
        std::vector<SpawnedTask<T>> tasks;
        std::deque<Member> members;
        std::deque<std::size_t> done; // in order of their end
        std::size_t left = 0; // that nobody asked for yet
    };

public:
    explicit AsCompleted(std::vector<SpawnedTask<T>> tasks)
        : m_state(new State)
    {
        m_state->tasks = std::move(tasks);
        m_state->left = m_state->tasks.size();
        for (std::size_t i = 0; i < m_state->tasks.size(); ++i) {
            if (m_state->tasks[i].isDone()) {
                m_state->ended(i);
                continue;
            }
            auto &member = m_state->members.emplace_back();
            member.state = m_state.get();
            member.index = i;
            m_state->tasks[i].state()->watch(member);
        }
    }

    class [[nodiscard]] Next final : public detail::PermitWaiter
    {
    public:
        explicit Next(detail::Shared<State> state)
            : PermitWaiter(state->permits)
            , m_state(std::move(state))
            , m_isOne(m_state->left > 0)
        {
            m_state->left -= m_isOne;
        }
        ~Next() { m_state->left += m_isOne; }
        bool await_ready() noexcept { return !m_isOne || PermitWaiter::await_ready(); }
        std::optional<SpawnedTask<T>> await_resume()
        {
            if (!m_isOne)
                return {};
            takePermit();
            m_isOne = false;
            const std::size_t index = m_state->done.front();
            m_state->done.pop_front();
            return m_state->tasks[index];
        }

    private:
        detail::Shared<State> m_state;
        bool m_isOne;
    };
    /// `co_await completed.next()`: the next that has ended, in the order in which they did (those that had
    /// ended before: as they were given); nothing after the last.
    Next next() const { return Next(m_state); }

private:
    detail::Shared<State> m_state;
};

template<class T>
AsCompleted<T> asCompleted(std::vector<SpawnedTask<T>> tasks)
{
    return AsCompleted<T>(std::move(tasks));
}

} // namespace coroscope
