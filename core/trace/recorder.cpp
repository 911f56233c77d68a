// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/recorder.h"

#include "core/trace/frame.h"
#include "core/trace/threadstate.h"

#include <QString>
#include <QStringEncoder>
#include <QThread>

#include <algorithm>
#include <bit>
#include <memory>
#include <mutex>
#include <vector>

namespace coroscope::trace {

namespace {

// Reachable for as long as a thread may end: never destroyed.
struct Recorder
{
    std::mutex mutex;
    RecorderOptions options;
    std::vector<std::unique_ptr<Ring>> rings;
    std::vector<StartListener *> listeners;
    std::uint32_t lastEpoch = 0;
    std::uint32_t threads = 0;
    std::atomic<std::uint32_t> ids {1};
};

Recorder &recorder()
{
    static Recorder *const instance = new Recorder;
    return *instance;
}

/// Tells the consumer, when a thread ends, that nothing more will come from its ring.
struct RingGuard
{
    ~RingGuard()
    {
        if (thisThread.ring)
            thisThread.ring->retire();
        thisThread.ring = nullptr;
        thisThread.untraced = true;
        thisThread.epoch = 0;
    }
};

struct Loss
{
    Ring *ring;
    Ring::Loss loss;
};

} // namespace

namespace detail {

Ring *enterEpoch(std::uint32_t epoch)
{
    ThreadState &thread = thisThread;
    if (thread.untraced)
        return nullptr;
    if (!thread.ring) {
        static thread_local RingGuard guard;
        (void)guard;
        Recorder &r = recorder();
        const std::lock_guard lock(r.mutex);
        r.rings.push_back(std::make_unique<Ring>(++r.threads, std::bit_ceil(r.options.ringEvents),
                                                 std::bit_ceil(r.options.textBytes)));
        thread.ring = r.rings.back().get();
    }
    thread.epoch = epoch;
    thread.announcement = std::uint8_t(epoch % 255 + 1);
    if (const QThread *qt = QThread::currentThread(); qt && !qt->objectName().isEmpty())
        recordText(0, TextKind::ThreadName, qt->objectName());
    announceFrames();
    return thread.ring;
}

std::uint32_t reserveIds(ThreadState &thread)
{
    constexpr std::uint32_t block = 1024;
    thread.nextId = recorder().ids.fetch_add(block, std::memory_order_relaxed);
    thread.lastId = thread.nextId + block;
    return thread.nextId++;
}

} // namespace detail

void recordText(std::uint32_t task, TextKind kind, QByteArrayView utf8)
{
    if (Ring *ring = ringForEvent())
        ring->pushText({Clock::ticks(), task, EventType::Text, Cause::None, std::uint16_t(kind), 0, 0}, utf8);
}

void recordText(std::uint32_t task, TextKind kind, const QString &text)
{
    constexpr qsizetype small = 256;
    if (text.size() > small) {
        recordText(task, kind, QByteArrayView(text.toUtf8()));
        return;
    }
    char buffer[small * 3]; // a UTF-16 unit takes at most 3 bytes
    QStringEncoder toUtf8(QStringEncoder::Utf8);
    const char *const end = toUtf8.appendToBuffer(buffer, text);
    recordText(task, kind, QByteArrayView(buffer, end - buffer));
}

void startRecording(RecorderOptions options)
{
    std::vector<StartListener *> listeners;
    {
        Recorder &r = recorder();
        const std::lock_guard lock(r.mutex);
        if (isRecording())
            return;
        (void)Clock::toNanoseconds(0); // calibrated before the first event, not in a hot path
        r.options = options;
        detail::epoch.store(++r.lastEpoch, std::memory_order_relaxed);
        listeners = r.listeners;
        for (const StartListener *listener : listeners)
            listener->m_announce();
    }
}

void stopRecording()
{
    const std::lock_guard lock(recorder().mutex);
    detail::epoch.store(0, std::memory_order_relaxed);
}

bool drain(Sink &sink, std::size_t maxEvents)
{
    Recorder &r = recorder();
    std::vector<Ring *> rings;
    std::vector<Loss> losses;
    const std::uint64_t watermark = Clock::ticks();
    std::atomic_thread_fence(std::memory_order_seq_cst);
#ifdef COROSCOPE_HAVE_TSC
    _mm_lfence(); // the counter is read before any ring's head is (Intel SDM 2B, RDTSC)
#endif
    {
        const std::lock_guard lock(r.mutex);
        rings.reserve(r.rings.size());
        for (auto it = r.rings.begin(); it != r.rings.end();) {
            Ring *ring = it->get();
            const bool retired = ring->isRetired(); // read before the look: nothing comes after it
            ring->look();
            // After the look: a loss is never reported behind events that came later.
            if (const Ring::Loss loss = ring->takeLoss(); loss.events || loss.texts)
                losses.push_back({ring, loss});
            if (ring->isEmpty() && retired && losses.empty()) {
                it = r.rings.erase(it);
                continue;
            }
            rings.push_back(ring);
            ++it;
        }
    }
    const auto reportLossesOf = [&](const Ring *ring, std::uint64_t until) {
        for (Loss &l : losses) {
            if (l.ring != ring || (!l.loss.events && !l.loss.texts) || l.loss.ticks > until)
                continue;
            if (l.loss.events)
                sink.lost(ring->thread(), l.loss.ticks, l.loss.events);
            if (l.loss.texts)
                sink.lostTexts(ring->thread(), l.loss.texts);
            l.loss = {};
        }
    };

    std::size_t taken = 0;
    const auto isDue = [watermark](const Ring *ring) {
        return !ring->isEmpty() && ring->front().ticks <= watermark;
    };
    while (taken < maxEvents) {
        // The ring with the oldest event goes on until another one's is older.
        Ring *oldest = nullptr;
        std::uint64_t next = watermark;
        for (Ring *ring : rings) {
            if (!isDue(ring))
                continue;
            if (!oldest || ring->front().ticks < oldest->front().ticks) {
                if (oldest)
                    next = std::min(next, oldest->front().ticks);
                oldest = ring;
            } else {
                next = std::min(next, ring->front().ticks);
            }
        }
        if (!oldest)
            break;
        while (taken < maxEvents && !oldest->isEmpty() && oldest->front().ticks <= next) {
            const Event &event = oldest->front();
            if (!losses.empty()) [[unlikely]]
                reportLossesOf(oldest, event.ticks);
            sink.event(oldest->thread(), event,
                       event.type == EventType::Text ? oldest->frontText() : QByteArrayView());
            oldest->pop();
            ++taken;
        }
    }
    bool more = false;
    for (Ring *ring : rings) {
        more = more || isDue(ring);
        ring->release();
    }
    for (const Loss &l : losses)
        reportLossesOf(l.ring, ~std::uint64_t(0));
    return !more;
}

StartListener::StartListener(std::function<void()> announce)
    : m_announce(std::move(announce))
{
    const std::lock_guard lock(recorder().mutex);
    recorder().listeners.push_back(this);
}

StartListener::~StartListener()
{
    const std::lock_guard lock(recorder().mutex);
    std::erase(recorder().listeners, this);
}

void leaveThreadUntraced() { thisThread.untraced = true; }

} // namespace coroscope::trace
