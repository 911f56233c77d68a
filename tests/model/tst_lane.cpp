// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/referencetrace.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::Cause;
using trace::WaitKind;
using What = LaneSpan::What;

namespace {
/// Why these spans are no picture of the row, or an empty text.
QString faultOf(const ReferenceTrace::Row &row, Time from, Time to, Time step,
                const std::vector<LaneSpan> &spans)
{
    // What a span may hold of the list is taken off it; what is left must be too short to be seen.
    std::size_t slice = 0;
    while (slice < row.running.size() && row.running[slice].end <= from)
        ++slice;
    std::size_t first = slice;
    Time last {std::numeric_limits<std::int64_t>::min()};
    for (const LaneSpan &span : spans) {
        const auto at = QString(" at %1").arg(span.begin.count());
        if (span.begin < last || span.end < span.begin)
            return "overlap" + at;
        last = span.end;
        if (span.begin >= to || span.end + step <= from)
            return "outside" + at;
        if (span.what == What::Running) {
            const auto &piece = row.running[span.slice];
            if (span.begin != piece.begin || span.end != (piece.open ? to : piece.end)
                || span.open != piece.open)
                return "wrong slice" + at;
        } else if (span.what == What::Mixed) {
            Time busy {};
            for (std::size_t i = span.slice; i < span.slice + span.count; ++i) {
                busy += row.running[i].end - row.running[i].begin;
                if (row.running[i].begin < span.begin || row.running[i].end > span.end)
                    return "slice outside of its span" + at;
            }
            if (busy != span.busy)
                return "wrong busy time" + at;
            if (span.end - span.begin > 3 * step)
                return "mixed for too long" + at;
        } else if (span.end - span.begin >= step) {
            const bool known = std::any_of(row.pieces.begin(), row.pieces.end(), [&](const auto &piece) {
                const Time end = piece.open ? to : piece.end;
                return piece.slice == span.slice
                       && (piece.what == span.what ? piece.begin == span.begin && end == span.end : false);
            });
            if (!known)
                return "wait that was none" + at;
        }
        if (span.what == What::Running || span.what == What::Mixed) {
            if (span.slice > first && span.slice != slice)
                return "skipped a slice" + at;
            slice = span.slice + span.count;
        }
    }
    if (slice < row.running.size() && row.running[slice].begin < to)
        return "last slices missing";
    // Every piece that can be seen is in some span.
    for (const auto &piece : row.pieces) {
        const Time end = piece.open ? to : piece.end;
        if (piece.begin >= to || end <= from || end - piece.begin < step)
            continue;
        const bool seen = std::any_of(spans.begin(), spans.end(), [&](const LaneSpan &span) {
            return span.what == piece.what && span.begin == piece.begin && span.end == end;
        });
        if (!seen)
            return QString("missing %1 at %2").arg(int(piece.what)).arg(piece.begin.count());
    }
    return {};
}
} // namespace

class LaneTest : public QObject
{
    Q_OBJECT
private slots:
    void aLaneIsDrawnAsItRan()
    {
        Script s;
        s.created(1, 0, trace::EntityKind::Coroutine).at(10ns).ready(1, Cause::Start).at(20ns).resumed(1);
        s.at(30ns).suspended(1, WaitKind::Sleep, 50).at(80ns).ready(1).at(90ns).resumed(1, Cause::Timer);
        s.at(95ns).suspended(1, WaitKind::Reply).at(120ns).commit();
        const auto spans = s.spans(1, 0ns, 200ns);
        QCOMPARE(spans.size(), 6u);
        const auto check = [&](std::size_t i, What what, int begin, int end, std::uint32_t slice, bool open) {
            return spans[i].what == what && spans[i].begin == Time {begin} && spans[i].end == Time {end}
                   && spans[i].slice == slice && spans[i].open == open;
        };
        QVERIFY(check(0, What::Ready, 10, 20, LaneSpan::beforeFirst, false));
        QVERIFY(check(1, What::Running, 20, 30, 0, false));
        QVERIFY(check(2, What::Waiting, 30, 80, 0, false));
        QVERIFY(check(3, What::Ready, 80, 90, 0, false));
        QVERIFY(check(4, What::Running, 90, 95, 1, false));
        QVERIFY(check(5, What::Waiting, 95, 200, 1, true)); // goes on: to the end of what was asked for
        QCOMPARE(s.store.slice(TaskId {1}, 0).wait.kind, WaitKind::Sleep);
    }

    void aSpawnedTaskIsReadyUntilTheLoopCallsIt()
    {
        Script s;
        s.at(5ns).created(1).at(20ns).resumed(1).at(30ns).finished(1).commit();
        const auto spans = s.spans(1, 0ns, 100ns);
        QCOMPARE(spans.size(), 2u);
        QCOMPARE(spans[0].what, What::Ready);
        QCOMPARE(spans[0].begin, Time {5});
        QCOMPARE(spans[0].end, Time {20});
        QCOMPARE(s.task(1).ready, Time {15});
    }

    void whatStillRunsGoesOnToTheEndOfTheRange()
    {
        Script s;
        s.at(10ns).created(1).resumed(1).at(15ns).commit();
        const auto spans = s.spans(1, 0ns, 1000ns);
        QCOMPARE(spans.size(), 1u);
        QVERIFY(spans[0].open);
        QCOMPARE(spans[0].end, Time {1000});
        QCOMPARE(s.store.slice(TaskId {1}, 0).end, Time {15});
        QCOMPARE(s.store.busyIn(TaskId {1}, 0ns, 1000ns), Time {5}); // no more is known
    }

    void aTaskThatWasMetSuspendedWaitsBeforeItsFirstSlice()
    {
        Script s;
        s.at(5ns).firstSeen(1);
        s.put(1, trace::EventType::Suspended, {}, std::uint16_t(WaitKind::Sleep), 70, 0);
        s.at(20ns).ready(1).at(25ns).resumed(1, Cause::Timer).at(30ns).finished(1).commit();
        QCOMPARE(s.breaches(), 0u);
        const auto spans = s.spans(1, 0ns, 100ns);
        QCOMPARE(spans.size(), 3u);
        QCOMPARE(spans[0].what, What::Waiting);
        QCOMPARE(spans[0].begin, Time {5});
        QCOMPARE(spans[0].end, Time {20});
        QCOMPARE(spans[0].slice, LaneSpan::beforeFirst);
        QCOMPARE(s.store.slice(TaskId {1}, spans[0].slice).wait.detail, 70u);
        QCOMPARE(spans[1].what, What::Ready);
        QCOMPARE(spans[2].what, What::Running);
    }

    void aFrameThatWasDestroyedWaitedUntilThen()
    {
        Script s;
        s.runs(1, 10ns, WaitKind::Sleep, 5).at(40ns).destroyed(1).at(90ns).commit();
        const auto spans = s.spans(1, 0ns, 90ns);
        QCOMPARE(spans.size(), 2u);
        QCOMPARE(spans[1].end, Time {40});
        QVERIFY(!spans[1].open);
    }

    void idleWorkersAndSleepingLoopsHaveNoSpans()
    {
        Script s;
        s.created(1, 0, trace::EntityKind::Worker).created(2, 0, trace::EntityKind::Loop);
        s.at(10ns).resumed(1, Cause::Job).put(2, trace::EventType::LoopAwake, {}, 0, 0, 0);
        s.at(20ns).suspended(1, WaitKind::Idle).put(2, trace::EventType::LoopAsleep, {}, 0, 0, 0).commit();
        for (const std::uint32_t id : {1u, 2u}) {
            const auto spans = s.spans(id, 0ns, 100ns);
            QCOMPARE(spans.size(), 1u);
            QCOMPARE(spans[0].what, What::Running);
            QCOMPARE(spans[0].end, Time {20});
        }
        QCOMPARE(s.breaches(), 0u);
    }

    void slicesTooNarrowToBeSeenBecomeOneSpan()
    {
        Script s;
        s.created(1);
        for (int i = 0; i < 100; ++i)
            s.at(Time {10 * i})
                .resumed(1, Cause::Timer)
                .at(Time {10 * i + 4})
                .suspended(1, WaitKind::Sleep, 6);
        s.at(1000ns).commit();
        const auto spans = s.spans(1, 0ns, 1000ns, 100ns);
        QCOMPARE(spans.size(), 11u); // the last wait is its own: it is open
        QCOMPARE(spans[3].what, What::Mixed);
        QCOMPARE(spans[3].count, 10u);
        QCOMPARE(spans[3].busy, Time {40});
        QCOMPARE(spans[3].begin, Time {300});
        QCOMPARE(spans[3].end, Time {400});
        QCOMPARE(spans[3].slice, 30u);
    }

    void theGridStaysWhenTheViewPans()
    {
        ReferenceTrace trace(7, 3000);
        const Time step = trace.now() / 100;
        const auto whole = trace.script.spans(1, 0ns, trace.now(), step);
        for (int i = 1; i < 40; ++i) {
            const Time from = step * i + step / 3;
            for (const LaneSpan &span : trace.script.spans(1, from, trace.now(), step)) {
                const bool same = std::any_of(whole.begin(), whole.end(), [&](const LaneSpan &other) {
                    return other.begin == span.begin && other.end == span.end && other.count == span.count;
                });
                QVERIFY(same || span.begin < from + step);
            }
        }
    }

    void randomTracesAreAnsweredAsByLookingAtEverything()
    {
        for (std::uint32_t seed = 1; seed <= 300; ++seed) {
            ReferenceTrace trace(seed);
            const QByteArray where = "seed " + QByteArray::number(seed);
            QVERIFY2(trace.script.breaches() == 0, where);
            const auto length = int(std::min<std::int64_t>(trace.now().count(), 1'000'000'000));
            for (const auto &[id, row] : trace.rows) {
                QVERIFY2(trace.script.task(id).busy == row.busy, where);
                QVERIFY2(trace.script.store.sliceCount(TaskId {id}) == row.running.size(), where);
                for (int i = 0; i < 6; ++i) {
                    const Time from {i ? trace.pick(length) : 0};
                    const Time to = i ? from + Time {1 + trace.pick(length)} : trace.now();
                    const Time step {i % 3 == 0 ? 1 : 1 + trace.pick(length / (1 + trace.pick(200)) + 1)};
                    const auto spans = trace.script.spans(id, from, to, step);
                    const QString fault = faultOf(row, from, to, step, spans);
                    QVERIFY2(fault.isEmpty(), where
                                                  + QString(", task %1, [%2, %3) by %4: %5")
                                                        .arg(id)
                                                        .arg(from.count())
                                                        .arg(to.count())
                                                        .arg(step.count())
                                                        .arg(fault)
                                                        .toUtf8());
                    QVERIFY2(std::int64_t(spans.size()) <= 3 * ((to - from) / step + 2), where);
                    Time busy {};
                    for (const auto &piece : row.running)
                        busy += std::max(std::min(piece.end, to) - std::max(piece.begin, from), Time {0});
                    QVERIFY2(trace.script.store.busyIn(TaskId {id}, from, to) == busy, where);
                }
            }
            // The minimap: each part as exact as the histogram's buckets are narrow.
            const int parts = 1 + trace.pick(40);
            const auto shares = trace.script.store.utilization(0ns, trace.now(), parts);
            for (int i = 0; i < parts; ++i) {
                const Time from = trace.now() * i / parts, to = trace.now() * (i + 1) / parts;
                if (to <= from)
                    continue;
                Time busiest {};
                for (const auto &[thread, runs] : trace.outermost) {
                    Time busy {};
                    for (const auto &[b, e] : runs)
                        busy += std::max(std::min(e, to) - std::max(b, from), Time {0});
                    busiest = std::max(busiest, busy);
                }
                const double bucket = std::max(1024.0, double(trace.now().count()) / 8192);
                const double difference = std::abs(double(busiest.count())
                                                   - double(shares[size_t(i)]) * double((to - from).count()));
                QVERIFY2(difference <= bucket + 2, where);
            }
        }
    }

    void whatIsDrawnOfALevelOfDetailLosesNothingThatIsLong()
    {
        for (std::uint32_t seed = 1; seed <= 3; ++seed) {
            std::mt19937 random(seed);
            const auto pick = [&random](int n) { return std::int64_t(random() % std::uint32_t(n)); };
            Script s;
            ReferenceTrace::Row row;
            s.created(1).resumed(1).suspended(1, WaitKind::Sleep, 6);
            row.running.push_back({What::Running, 0ns, 0ns, false, 0});
            Time since {};
            bool isDense = true;
            for (std::uint32_t i = 1; i < 60'000; ++i) {
                if (pick(4000) == 0)
                    isDense = !isDense;
                // Now and then a wait or a slice that is to be seen among thousands that are not.
                const Time wait {pick(3000) == 0 ? pick(20'000'000) : 1 + pick(isDense ? 200 : 50'000)};
                const Time length {pick(3000) == 0 ? pick(20'000'000) : pick(300)};
                s.after(wait).resumed(1, Cause::Timer);
                row.pieces.push_back({What::Waiting, since, s.time(), false, i - 1});
                const ReferenceTrace::Piece piece {What::Running, s.time(), s.time() + length, false, i};
                row.running.push_back(piece);
                row.pieces.push_back(piece);
                since = s.after(length).suspended(1, WaitKind::Sleep, 6).time();
            }
            s.commit();
            row.pieces.push_back({What::Waiting, since, s.time(), true, 59'999});
            std::size_t levels = 0;
            for (int i = 0; i < 120; ++i) {
                const Time from = s.time() * pick(1000) / 2000;
                const Time to = i % 3 == 0 ? s.time() + 1us : from + s.time() * (1 + pick(500)) / 1000;
                const Time step = (to - from) / (1 + pick(1500)) + 1ns;
                const auto spans = s.spans(1, from, to, step);
                const QString fault = faultOf(row, from, to, step, spans);
                QVERIFY2(fault.isEmpty(), qPrintable(QString("seed %1, [%2, %3) by %4: %5")
                                                         .arg(seed)
                                                         .arg(from.count())
                                                         .arg(to.count())
                                                         .arg(step.count())
                                                         .arg(fault)));
                QVERIFY(std::int64_t(spans.size()) <= 3 * ((to - from) / step + 2));
                levels += std::size_t(std::ranges::count_if(spans, [](const LaneSpan &span) {
                    return span.what == What::Mixed && span.count >= 64
                           && (span.slice + span.count) % 16 == 0;
                }));
            }
            QVERIFY(levels > 1000);
        }
    }

    void aMillionSlicesCostAsManySpansAsThereArePixels()
    {
        Script s;
        constexpr int count = 1'000'000;
        s.created(1);
        std::mt19937 random(1);
        for (int i = 0; i < count; ++i) {
            s.after(Time {500 + random() % 3000}).resumed(1, Cause::Timer);
            s.after(Time {100 + random() % 2000}).suspended(1, WaitKind::Sleep, 6);
        }
        s.commit();
        constexpr int pixels = 1600;
        for (int zoom = 1; zoom <= 1 << 20; zoom *= 2) {
            const Time length = s.time() / zoom;
            const auto spans = s.spans(1, s.time() / 3, s.time() / 3 + length, length / pixels);
            QVERIFY(spans.size() <= 3 * pixels);
            std::uint64_t slices = 0;
            for (const LaneSpan &span : spans)
                slices += span.what == What::Running || span.what == What::Mixed ? span.count : 0;
            if (zoom == 1)
                QVERIFY(slices > count / 2);
        }
    }
};

QTEST_GUILESS_MAIN(LaneTest)
#include "tst_lane.moc"
