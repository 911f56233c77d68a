// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/slicecolumn.h"

#include <QTest>

#include <random>

using namespace coroscope;
using namespace coroscope::model;
using namespace std::chrono_literals;
using trace::Cause;
using trace::WaitKind;

class SliceColumnTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsASliceAsItCame()
    {
        SliceColumn column;
        column.begin(10ns, Cause::Timer, 77, ThreadId {3});
        QVERIFY(column.isOpen());
        QVERIFY(column.at(0).open);
        column.end(25ns, WaitKind::Reply, 9, LocationId {12});
        column.setReady(40ns);
        const Slice slice = column.at(0);
        QCOMPARE(slice.begin, Time {10});
        QCOMPARE(slice.end, Time {25});
        QVERIFY(!slice.open);
        QCOMPARE(slice.cause, Cause::Timer);
        QCOMPARE(slice.causer, 77u);
        QCOMPARE(slice.thread, ThreadId {3});
        QCOMPARE(slice.wait.kind, WaitKind::Reply);
        QCOMPARE(slice.wait.detail, 9u);
        QCOMPARE(slice.wait.site, LocationId {12});
        QCOMPARE(slice.wait.since, Time {25});
        QCOMPARE(slice.ready, std::optional(Time {40}));
    }

    void roundsNothingThatIsTooWideForItsFields()
    {
        SliceColumn column;
        const std::uint64_t wideDetail = 0x1234'5678'9abc'def0;
        column.begin(1ns, Cause::Start, 1, ThreadId {1});
        column.end(2ns, WaitKind::Sleep, wideDetail, LocationId {1});
        column.setReady(2ns + 100h);
        column.begin(2ns + 200h, Cause::Foreign, 2, ThreadId {70'000});
        column.end(3ns + 200h, WaitKind::Foreign, 0xffff'ffff, LocationId {80'000});
        column.begin(4ns + 200h, Cause::Foreign, 3, ThreadId {255});
        column.end(5ns + 200h, WaitKind::Foreign, 0xffff'fffe, LocationId {65'535});
        column.setReady(5ns + 200h + Time {0xffff'fffe});
        QCOMPARE(column.at(0).wait.detail, wideDetail);
        QCOMPARE(column.at(0).ready, std::optional<Time>(2ns + 100h));
        QCOMPARE(column.at(1).thread, ThreadId {70'000});
        QCOMPARE(column.at(1).wait.detail, 0xffff'ffffu);
        QCOMPARE(column.at(1).wait.site, LocationId {80'000});
        QCOMPARE(column.at(1).cause, Cause::Foreign);
        QCOMPARE(column.at(1).ready, std::optional<Time>());
        QCOMPARE(column.at(2).thread, ThreadId {255});
        QCOMPARE(column.at(2).wait.detail, 0xffff'fffeu);
        QCOMPARE(column.at(2).wait.site, LocationId {65'535});
        QCOMPARE(column.at(2).wait.kind, WaitKind::Foreign);
        QCOMPARE(column.at(2).ready, std::optional<Time>(5ns + 200h + Time {0xffff'fffe}));
    }

    void theFirstReadyCounts()
    {
        SliceColumn column;
        column.begin(0ns, Cause::Start, 0, ThreadId {1});
        column.end(1ns, WaitKind::Sleep, 5, {});
        column.setReady(1ns);
        column.setReady(9ns);
        QCOMPARE(column.readyOf(0), std::optional(Time {1}));
    }

    void labelsAndBlockingAreKeptForTheSlicesThatHaveThem()
    {
        SliceColumn column;
        for (int i = 0; i < 10; ++i) {
            column.begin(Time {10 * i}, Cause::Job, 0, ThreadId {1});
            if (i % 3 == 0)
                column.setLabel(StringId {std::uint32_t(100 + i)});
            if (i == 4 || i == 7)
                column.setBlocking(std::uint32_t(i));
            column.end(Time {10 * i + 5}, WaitKind::Idle);
        }
        QCOMPARE(column.at(6).label, StringId {106});
        QCOMPARE(column.at(7).label, StringId {});
        QVERIFY(column.isBlocking(0, 10));
        QVERIFY(column.isBlocking(4, 5));
        QVERIFY(!column.isBlocking(5, 7));
        column.clearBlocking(7);
        QVERIFY(!column.isBlocking(5, 10));
        QVERIFY(column.isBlocking(0, 5));
    }

    void searchesFindWhatAWalkFinds()
    {
        for (std::uint32_t seed = 1; seed <= 200; ++seed) {
            std::mt19937 random(seed);
            const auto upTo = [&](int n) { return int(random() % std::uint32_t(n)); };
            SliceColumn column;
            std::vector<std::pair<Time, Time>> slices;
            Time time {upTo(50)};
            const int count = upTo(3) ? upTo(40) : 1000 + upTo(3000);
            for (int i = 0; i < count; ++i) {
                const Time begin = time + Time {upTo(20)};
                const Time end = begin + Time {upTo(20)};
                column.begin(begin, Cause::Timer, 0, ThreadId {1});
                column.end(end, WaitKind::Sleep);
                slices.emplace_back(begin, end);
                time = end;
            }
            const QByteArray where = "seed " + QByteArray::number(seed);
            for (int i = 0; i < 50; ++i) {
                const Time t {upTo(int(time.count()) + 20)};
                const auto start = std::uint32_t(upTo(count + 1));
                std::uint32_t first = start;
                while (first < slices.size() && slices[first].first < t)
                    ++first;
                QVERIFY2(column.firstFrom(t, start) == first, where);
                std::optional<std::uint32_t> last;
                for (std::uint32_t k = 0; k < slices.size() && slices[k].first <= t; ++k)
                    last = k;
                QVERIFY2(column.lastUpTo(t) == last, where);
                const Time from {upTo(int(time.count()) + 20)};
                Time running {};
                for (const auto &[b, e] : slices)
                    running += std::max(std::min(e, t) - std::max(b, from), Time {0});
                QVERIFY2(column.runningIn(from, t, t) == running, where);
            }
        }
    }

    void aSliceCostsThirtyTwoBytes()
    {
        SliceColumn column;
        constexpr int count = 1 << 17;
        for (int i = 0; i < count; ++i) {
            column.begin(Time {100 * i}, Cause::Timer, 5, ThreadId {1});
            column.end(Time {100 * i + 40}, WaitKind::Sleep, 1'000'000, LocationId {3});
            column.setReady(Time {100 * i + 90});
        }
        QVERIFY(column.capacityBytes() <= std::size_t(count) * 67 / 2); // and one for the levels of detail
        SliceColumn little;
        little.begin(0ns, Cause::Start, 0, ThreadId {1});
        QVERIFY(little.capacityBytes() <= 200);
    }
};

QTEST_GUILESS_MAIN(SliceColumnTest)
#include "tst_slicecolumn.moc"
