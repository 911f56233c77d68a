// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/traceloader.h"

#include <QFile>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace coroscope::io {

using namespace std::chrono_literals;

namespace {
/// How long the store's thread takes events before it does something else.
constexpr auto turn = 8ms;
constexpr std::size_t maxWaiting = 4; // blocks that were read ahead
} // namespace

struct TraceLoader::Worker
{
    explicit Worker(const QString &name)
        : file(name)
        , reader(file)
    { }
    ~Worker() { stop(); }

    void run()
    {
        while (auto block = reader.next()) {
            std::unique_lock lock(mutex);
            hasRoom.wait(lock, [this] { return blocks.size() < maxWaiting || isStopped; });
            if (isStopped)
                return;
            blocks.push_back(std::move(*block));
            position = reader.position();
        }
        const std::scoped_lock lock(mutex);
        isAtEnd = true;
    }
    void stop()
    {
        {
            const std::scoped_lock lock(mutex);
            isStopped = true;
        }
        hasRoom.notify_all();
        if (thread.joinable())
            thread.join();
    }

    QFile file;
    TraceReader reader; ///< the thread's, until it has ended

    std::mutex mutex;
    std::condition_variable hasRoom;
    std::deque<EventBlock> blocks;
    std::int64_t position = 0;
    bool isAtEnd = false;
    bool isStopped = false;
    std::thread thread;
};

TraceLoader::TraceLoader(model::TraceStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&m_timer, &QTimer::timeout, this, &TraceLoader::take);
}

TraceLoader::~TraceLoader() = default;

std::optional<QString> TraceLoader::start(const QString &file)
{
    auto worker = std::make_shared<Worker>(file);
    if (!worker->file.open(QIODevice::ReadOnly))
        return tr("%1 can't be read: %2.").arg(file, worker->file.errorString());
    if (const auto why = worker->reader.open())
        return tr("%1 can't be opened. %2").arg(file, *why);
    m_worker = std::move(worker);
    m_filler = std::make_unique<StoreFiller>(m_store);
    m_worker->thread = std::thread([one = m_worker.get()] { one->run(); });
    m_timer.start(0ms);
    return {};
}

double TraceLoader::progress() const
{
    if (!m_worker)
        return m_filler ? 1 : 0;
    const std::scoped_lock lock(m_worker->mutex);
    const auto size = double(m_worker->file.size());
    return size > 0 ? std::min(1.0, double(m_worker->position) / size) : 0;
}

void TraceLoader::cancel()
{
    if (m_worker)
        finish(tr("Reading was cancelled. What was read until then is shown."));
}

void TraceLoader::take()
{
    const auto until = std::chrono::steady_clock::now() + turn;
    do {
        if (!m_hasBlock) {
            std::unique_lock lock(m_worker->mutex);
            if (m_worker->blocks.empty()) {
                const bool isAtEnd = m_worker->isAtEnd;
                lock.unlock();
                if (isAtEnd)
                    return finish({});
                std::this_thread::sleep_for(200us); // the next block is under way
                break;
            }
            EventBlock block = std::move(m_worker->blocks.front());
            m_worker->blocks.pop_front();
            lock.unlock();
            m_worker->hasRoom.notify_one();
            m_filler->begin(std::move(block));
            m_hasBlock = true;
        }
        m_hasBlock = m_filler->takeSome();
        if (m_filler->isOver())
            return finish(m_filler->fault());
    } while (std::chrono::steady_clock::now() < until);
    emit progressed();
}

void TraceLoader::finish(std::optional<QString> fault)
{
    m_timer.stop();
    m_worker->stop();
    const auto worker = std::move(m_worker);
    m_worker.reset();
    if (!fault)
        fault = worker->reader.fault();
    emit progressed();
    emit finished({.facts = worker->reader.facts(),
                   .notes = worker->reader.notes(),
                   .events = m_filler->events(),
                   .unknownEvents = m_filler->unknownEvents(),
                   .fault = fault});
}

} // namespace coroscope::io
