// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/foldedframes.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestFoldedFrames : public QObject
{
    Q_OBJECT
private slots:
    void visitsOnlyWhatOverlapsTheRange();
    void aFrameThatLivesReachesToTheEndOfTime();
    void framesOnTheSamePixelAreVisitedOnce();
    void aMillionDeadFramesCostOnlyPixels();
    void aLongFrameIsVisitedAmongShortOnes();
};

static std::vector<std::uint32_t> visited(const FoldedFrames &frames, TimeRange range, Time resolution)
{
    std::vector<std::uint32_t> result;
    frames.visit(range, resolution,
                 [&result](const FoldedFrames::Frame &f) { result.push_back(f.task.value); });
    return result;
}

void TestFoldedFrames::visitsOnlyWhatOverlapsTheRange()
{
    FoldedFrames frames;
    for (std::uint32_t i = 1; i <= 5; ++i)
        frames.setEnd(frames.add(TaskId {i}, i * 10s), i * 10s + 5s);
    QCOMPARE(visited(frames, {12s, 33s}, 1ms), (std::vector<std::uint32_t> {1, 2, 3}));
    QCOMPARE(visited(frames, {16s, 19s}, 1ms), std::vector<std::uint32_t> {});
    QCOMPARE(visited(frames, {60s, 70s}, 1ms), std::vector<std::uint32_t> {});
}

void TestFoldedFrames::aFrameThatLivesReachesToTheEndOfTime()
{
    FoldedFrames frames;
    frames.add(TaskId {1}, 1s);
    QCOMPARE(visited(frames, {1000s, 1001s}, 1ms), std::vector<std::uint32_t> {1});
}

void TestFoldedFrames::framesOnTheSamePixelAreVisitedOnce()
{
    FoldedFrames frames;
    for (std::uint32_t i = 1; i <= 100; ++i)
        frames.setEnd(frames.add(TaskId {i}, i * 1us), i * 1us + 500ns);
    QCOMPARE(visited(frames, {0s, 1s}, 1ms).size(), std::size_t {1});
}

void TestFoldedFrames::aMillionDeadFramesCostOnlyPixels()
{
    FoldedFrames frames;
    constexpr std::uint32_t count = 1'000'000;
    for (std::uint32_t i = 0; i < count; ++i)
        frames.setEnd(frames.add(TaskId {i + 1}, i * 10us), i * 10us + 4us);
    QVERIFY(visited(frames, {0s, 10s}, 10ms).size() <= 1000);
    QCOMPARE(visited(frames, {9'999'900us, 10s}, 1us).size(), std::size_t {10});
}

void TestFoldedFrames::aLongFrameIsVisitedAmongShortOnes()
{
    FoldedFrames frames;
    for (std::uint32_t i = 1; i <= 1000; ++i) {
        const auto number = frames.add(TaskId {i}, i * 1us);
        frames.setEnd(number, i == 500 ? Time(2s) : i * 1us + 1us);
    }
    const auto seen = visited(frames, {0s, 2s}, 10ms);
    QVERIFY(std::find(seen.begin(), seen.end(), 500U) != seen.end());
    QCOMPARE(visited(frames, {1s, 2s}, 10ms), std::vector<std::uint32_t> {500});
}

QTEST_APPLESS_MAIN(TestFoldedFrames)
#include "tst_foldedframes.moc"
