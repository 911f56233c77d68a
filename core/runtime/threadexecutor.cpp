// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/threadexecutor.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace coroscope {

namespace {

class ThreadWorker final : public Worker
{
public:
    explicit ThreadWorker(QString laneName)
        : m_laneName(std::move(laneName))
    { }
    QString laneName() const override { return m_laneName; }
    void park() override
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return std::exchange(m_isUnparked, false); });
    }
    void unpark() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isUnparked = true;
        }
        m_wake.notify_one();
    }

private:
    QString m_laneName;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_isUnparked = false;
};

} // namespace

ThreadExecutor::ThreadExecutor(int threads, QString name, std::size_t capacity)
    : m_pool(std::make_shared<WorkerPool>(name, threads, capacity, [&name](int index) {
        return std::make_unique<ThreadWorker>(name + u' ' + QString::number(index));
    }))
{ }

ThreadExecutor::~ThreadExecutor() { m_pool->shutDown(); }

} // namespace coroscope
