// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/arena.h"

#include "core/trace/promise.h"
#include "tests/support/manualawaiters.h"

#include <QTest>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace coroscope::trace;
using namespace coroscope::test;
using QCoro::Task;

namespace {

/// Frames of any size, filled to the last byte.
struct Frame
{
    void *memory;
    std::size_t size;
};

Frame make(std::size_t size)
{
    void *const memory = allocateFrame(size);
    infoBefore(memory)->id = 1;
    std::memset(memory, int(size & 0xFF), size);
    return {memory, size};
}

bool isIntact(const Frame &frame)
{
    const auto *const bytes = static_cast<const unsigned char *>(frame.memory);
    for (std::size_t i = 0; i < frame.size; ++i)
        if (bytes[i] != (frame.size & 0xFF))
            return false;
    return infoBefore(frame.memory)->id == 1;
}

void drop(const Frame &frame) { freeFrame(frame.memory, frame.size); }

template<std::size_t N>
Task<int> big(std::coroutine_handle<> *slot)
{
    std::array<unsigned char, N> data;
    data.fill(7);
    co_await Manual {slot};
    int sum = 0;
    for (const unsigned char c : data)
        sum += c;
    co_return sum;
}

std::size_t framesOfThisThread()
{
    std::size_t count = 0;
    FrameArena::forEach(FrameArena::Whose::ThisThreads, [&count](FrameInfo &) { ++count; });
    return count;
}

} // namespace

class ArenaTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void aFrameIsAlignedForAnything();
    void framesAreTellableFromOtherMemory();
    void aFreedFrameIsUsedAgain();
    void framesOfAllSizesStayIntact();
    void bigFramesComeAndGo();
    void liveFramesCountsEveryFrame();
    void framesFreedOnAnotherThreadAreNotLost();
    void aThreadSeesOnlyItsOwnFrames();
    void framesOutliveTheirThread();
    void aThreadThatFreesAMillionForeignFramesKeepsFew();
};

void ArenaTest::cleanup() { QCOMPARE(liveFrames(), std::size_t(0)); }

void ArenaTest::aFrameIsAlignedForAnything()
{
    for (std::size_t size = 1; size < 6000; size += 37) {
        const Frame frame = make(size);
        QCOMPARE(reinterpret_cast<std::uintptr_t>(frame.memory) % alignof(std::max_align_t), std::size_t(0));
        drop(frame);
    }
}

void ArenaTest::framesAreTellableFromOtherMemory()
{
    const Frame small = make(100);
    const Frame large = make(100'000);
    QVERIFY(FrameArena::owns(small.memory));
    QVERIFY(FrameArena::owns(large.memory));
    int onStack = 0;
    const auto onHeap = std::make_unique<int>();
    QVERIFY(!FrameArena::owns(&onStack));
    QVERIFY(!FrameArena::owns(onHeap.get()));
    QVERIFY(!infoOfFrame(nullptr));
    QVERIFY(!infoOfFrame(onHeap.get()));
    QVERIFY(infoOfFrame(small.memory) == infoBefore(small.memory));
    drop(small);
    drop(large);
    QVERIFY(!FrameArena::owns(&onStack));
}

void ArenaTest::aFreedFrameIsUsedAgain()
{
    // What AddressSanitizer watches is never used again at once.
    std::set<void *> places;
    for (int i = 0; i < 1000; ++i) {
        const Frame frame = make(200);
        places.insert(frame.memory);
        drop(frame);
    }
#if !defined(__has_feature) || !__has_feature(address_sanitizer)
    QCOMPARE(places.size(), 1u);
#endif
}

void ArenaTest::framesOfAllSizesStayIntact()
{
    std::mt19937 random(7);
    std::vector<Frame> frames;
    for (int i = 0; i < 20'000; ++i) {
        if (frames.empty() || random() % 100 < 52) {
            frames.push_back(make(1 + random() % (i % 10 == 0 ? 9000 : 900)));
        } else {
            const std::size_t at = random() % frames.size();
            QVERIFY(isIntact(frames[at]));
            drop(frames[at]);
            frames[at] = frames.back();
            frames.pop_back();
        }
    }
    QCOMPARE(liveFrames(), frames.size());
    for (const Frame &frame : frames) {
        QVERIFY(isIntact(frame));
        drop(frame);
    }
}

void ArenaTest::bigFramesComeAndGo()
{
    std::coroutine_handle<> waiting[4];
    const Task<int> a = big<1000>(&waiting[0]);
    const Task<int> b = big<5000>(&waiting[1]);
    const Task<int> c = big<70'000>(&waiting[2]);
    const Task<int> d = big<4096>(&waiting[3]);
    QCOMPARE(liveFrames(), std::size_t(4));
    for (const auto slot : waiting)
        slot.resume();
    QCOMPARE(OpenAwaiter<int>(a).await_resume(), 7000);
    QCOMPARE(OpenAwaiter<int>(b).await_resume(), 35'000);
    QCOMPARE(OpenAwaiter<int>(c).await_resume(), 490'000);
    QCOMPARE(OpenAwaiter<int>(d).await_resume(), 4096 * 7);
}

void ArenaTest::liveFramesCountsEveryFrame()
{
    std::vector<Frame> frames;
    for (std::size_t i = 0; i < 3000; ++i) {
        frames.push_back(make(64 + i % 3 * 3000));
        QVERIFY(i % 500 != 0 || liveFrames() == i + 1);
    }
    QCOMPARE(liveFrames(), std::size_t(3000));
    for (const Frame &frame : frames)
        drop(frame);
}

void ArenaTest::framesFreedOnAnotherThreadAreNotLost()
{
    std::set<void *> places;
    for (int round = 0; round < 40; ++round) {
        std::vector<Frame> frames;
        for (int i = 0; i < 1000; ++i) {
            frames.push_back(make(300));
            places.insert(frames.back().memory);
        }
        bool intact = true;
        std::thread([&] {
            for (const Frame &frame : frames) {
                intact = intact && isIntact(frame);
                drop(frame);
            }
        }).join();
        QVERIFY(intact);
        QCOMPARE(liveFrames(), std::size_t(0));
    }
#if !defined(__has_feature) || !__has_feature(address_sanitizer)
    QVERIFY2(places.size() < 6000, qPrintable(QString::number(places.size())));
#endif
}

void ArenaTest::aThreadSeesOnlyItsOwnFrames()
{
    // Memory goes to and fro between threads; frames of another thread must not be seen through it.
    std::mutex mutex;
    std::condition_variable changed;
    int phase = 0;
    const auto reach = [&](int wanted) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return phase == wanted; });
    };
    const auto go = [&](int next) {
        {
            const std::lock_guard lock(mutex);
            phase = next;
        }
        changed.notify_all();
    };
    std::vector<Frame> frames;
    for (int i = 0; i < 20'000; ++i)
        frames.push_back(make(200));
    for (const Frame &frame : frames)
        drop(frame);
    frames.clear();
    std::thread other([&] {
        std::vector<Frame> others;
        for (int i = 0; i < 20'000; ++i)
            others.push_back(make(200));
        go(1);
        reach(2);
        for (const Frame &frame : others)
            drop(frame);
    });
    reach(1);
    QCOMPARE(liveFrames(), std::size_t(20'000));
    QCOMPARE(framesOfThisThread(), std::size_t(0));
    const Frame mine = make(200);
    QCOMPARE(framesOfThisThread(), std::size_t(1));
    go(2);
    other.join();
    drop(mine);
}

void ArenaTest::framesOutliveTheirThread()
{
    std::vector<Frame> frames;
    std::thread([&] {
        for (int i = 0; i < 2000; ++i)
            frames.push_back(make(500));
    }).join();
    QCOMPARE(liveFrames(), frames.size());
    for (const Frame &frame : frames) {
        QVERIFY(isIntact(frame));
        drop(frame);
    }
}

void ArenaTest::aThreadThatFreesAMillionForeignFramesKeepsFew()
{
    // A producer and a consumer of frames, for long: memory goes round instead of piling up.
    std::set<void *> places;
    std::vector<Frame> batch;
    std::mutex mutex;
    std::condition_variable changed;
    bool full = false;
    bool over = false;
    std::thread consumer([&] {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [&] { return full || over; });
            if (!full)
                return;
            for (const Frame &frame : batch)
                drop(frame);
            batch.clear();
            full = false;
            changed.notify_all();
        }
    });
    for (int round = 0; round < 200; ++round) {
        std::unique_lock lock(mutex);
        for (int i = 0; i < 1000; ++i) {
            batch.push_back(make(100));
            places.insert(batch.back().memory);
        }
        full = true;
        changed.notify_all();
        changed.wait(lock, [&] { return !full; });
    }
    {
        const std::lock_guard lock(mutex);
        over = true;
    }
    changed.notify_all();
    consumer.join();
#if !defined(__has_feature) || !__has_feature(address_sanitizer)
    QVERIFY2(places.size() < 20'000, qPrintable(QString::number(places.size())));
#endif
}

QTEST_GUILESS_MAIN(ArenaTest)
#include "tst_arena.moc"
