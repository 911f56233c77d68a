// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/traceloader.h"

#include <QFile>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <thread>

namespace coroscope::io {

using namespace std::chrono_literals;

namespace {
/// How long the store's thread takes events before it does something else.
constexpr auto turn = 8ms;
constexpr std::size_t maxWaiting = 4; // blocks that were read ahead
/// Of a file that is followed: between two looks at it, and at whether its program lives. What is written
/// comes once a second.
constexpr auto look = 100ms;
constexpr auto check = 1s;

bool isGone(std::int64_t process) { return process > 0 && ::kill(pid_t(process), 0) != 0 && errno == ESRCH; }
} // namespace

struct TraceLoader::Worker
{
    explicit Worker(const QString &name)
        : file(name)
        , reader(file)
    { }
    ~Worker() { stop(); }

    void start()
    {
        isAtEnd = isStopped = false;
        thread = std::thread([this] { run(); });
    }
    void run()
    {
        while (auto block = nextBlock()) {
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
    std::optional<EventBlock> nextBlock()
    {
        while (true) {
            const std::int64_t size = file.size();
            auto block = reader.next();
            if (block || !reader.mayGoOn() || !waitForMore(size))
                return block;
        }
    }
    /// False: there is nothing to wait for. `size`: what the file had when it was read to its end.
    bool waitForMore(std::int64_t size)
    {
        auto checked = std::chrono::steady_clock::now();
        std::unique_lock lock(mutex);
        while (isFollowing) {
            if (hasRoom.wait_for(lock, look, [this] { return isStopped || !isFollowing; }))
                return false;
            if (file.size() != size)
                return true;
            const auto now = std::chrono::steady_clock::now();
            if (now - checked < check)
                continue;
            checked = now;
            if (isGone(reader.facts().processId)) {
                isFollowing = false; // one more look: it may have written before it ended
                return true;
            }
        }
        return false;
    }
    void stopFollowing()
    {
        {
            const std::scoped_lock lock(mutex);
            isFollowing = false;
        }
        hasRoom.notify_all();
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
    std::int64_t sizeAtEnd = 0; ///< of the file, when there was nothing more to read
    bool isAtEnd = false;
    bool isStopped = false;
    bool isFollowing = false;
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
    begin();
    return {};
}

void TraceLoader::begin()
{
    m_isRunning = true;
    m_worker->start();
    m_timer.start(0ms);
}

bool TraceLoader::canFollow() const
{
    return m_worker && !m_isRunning && !m_isCut && !m_filler->isOver() && m_worker->reader.mayGoOn();
}

bool TraceLoader::hasGrown() const { return canFollow() && m_worker->file.size() > m_worker->sizeAtEnd; }

void TraceLoader::follow()
{
    if (!canFollow())
        return;
    m_isFollowing = m_worker->isFollowing = true;
    begin();
}

void TraceLoader::stopFollowing()
{
    if (m_isFollowing)
        m_worker->stopFollowing();
}

double TraceLoader::progress() const
{
    if (!m_isRunning)
        return m_filler ? 1 : 0;
    const std::scoped_lock lock(m_worker->mutex);
    const auto size = double(m_worker->file.size());
    return size > 0 ? std::min(1.0, double(m_worker->position) / size) : 0;
}

void TraceLoader::cancel()
{
    if (!m_isRunning)
        return;
    m_isCut = true; // blocks that were read are dropped
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
                if (m_isFollowing)
                    m_timer.setInterval(look);
                else
                    std::this_thread::sleep_for(200us); // the next block is under way
                break;
            }
            EventBlock block = std::move(m_worker->blocks.front());
            m_worker->blocks.pop_front();
            lock.unlock();
            m_worker->hasRoom.notify_one();
            m_filler->begin(std::move(block));
            m_hasBlock = true;
            m_timer.setInterval(0ms);
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
    m_isRunning = m_isFollowing = false;
    m_worker->isFollowing = false;
    m_worker->blocks.clear();
    m_worker->sizeAtEnd = m_worker->file.size();
    m_hasBlock = false;
    const TraceReader &reader = m_worker->reader;
    if (!fault)
        fault = reader.fault();
    emit progressed();
    emit finished({.facts = reader.facts(),
                   .notes = reader.notes(),
                   .events = m_filler->events(),
                   .unknownEvents = m_filler->unknownEvents(),
                   .fault = fault});
}

} // namespace coroscope::io
