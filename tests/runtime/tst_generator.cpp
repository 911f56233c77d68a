// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/generator.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/trace/note.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

constexpr int million = 1'000'000;

Generator<int> countsTo(int n)
{
    for (int i = 1; i <= n; ++i)
        co_yield i;
}
Generator<int> nothing() { co_return; }
Generator<int> failsAfter(int n)
{
    for (int i = 1; i <= n; ++i)
        co_yield i;
    throw std::runtime_error("no more");
}
Generator<int> notes(QStringList *log)
{
    log->append(QStringLiteral("runs"));
    co_yield 1;
    log->append(QStringLiteral("goes on"));
    co_yield 2;
}
Generator<std::unique_ptr<int>> pointers()
{
    co_yield std::make_unique<int>(7);
    co_yield std::make_unique<int>(8);
}
Generator<int> holdsAGuest(int n)
{
    const Guest guest;
    for (int i = 0; i < n; ++i)
        co_yield i;
}
/// depth, …, 1, 0, -1, …, -depth
Generator<int> nests(int depth)
{
    const Guest guest;
    co_yield depth;
    if (depth > 0)
        co_yield elementsOf(nests(depth - 1));
    co_yield -depth;
}
Generator<int> failsInside(int depth)
{
    if (depth == 0)
        throw std::runtime_error("from the depth");
    co_yield elementsOf(failsInside(depth - 1));
}
Generator<int> catchesFromInside()
{
    bool caught = false;
    try {
        co_yield elementsOf(failsAfter(2));
    } catch (const std::runtime_error &) {
        caught = true;
    }
    if (caught)
        co_yield 99;
}
Generator<int> goesOnWith(Generator<int> other)
{
    co_yield 0;
    co_yield elementsOf(std::move(other));
    co_yield 100;
}
Generator<int> asksItself(Generator<int> *itself)
{
    const auto value = itself->next();
    co_yield value.value_or(-1);
}
Generator<int> says(QString line)
{
    trace::print(line);
    co_yield 1;
}

Task<int> sums(int n)
{
    int sum = 0;
    Generator<int> generator = countsTo(n);
    while (const auto value = generator.next())
        sum += *value;
    co_return sum;
}
Task<int> sleepsBetween()
{
    Generator<int> generator = countsTo(2);
    int sum = generator.next().value_or(0);
    co_await sleep(1ms);
    sum += generator.next().value_or(0);
    co_return sum;
}

std::vector<int> all(Generator<int> generator)
{
    std::vector<int> values;
    for (const int value : generator)
        values.push_back(value);
    return values;
}

} // namespace

class GeneratorTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void itGivesItsValuesAndThenNothing();
    void nothingRunsBeforeItIsAsked();
    void aLoopGoesThroughIt();
    void anEmptyOneGivesNothing();
    void valuesMayBeMovable();
    void itRunsAlternatelyWithAnother();
    void whatItThrowsReachesWhoAskedAndItHasEnded();
    void itsLocalsDieWithItWhereverItStands();
    void aMillionValuesDontGrowTheStack();
    void nestedGeneratorsGiveTheirValuesInOrder();
    void anErrorPassesThroughTheNesting();
    void anErrorOfANestedOneCanBeCaught();
    void onePartlyUsedMayBeNested();
    void aMillionNestedDontGrowTheStack();
    void aMillionNestedMayBeDestroyedHalfway();
    void anErrorComesUpFromTheDepth();
    void askingItselfIsAnError();
    void itIsSeenInsideOfWhoAsks();
    void theNestedAreSeen();
    void unfinishedItIsDestroyedInTheTrace();
    void whatItPrintsIsItsCallersTask();
    void aRecordingThatStartsLateFindsIt();
    void itMayBeAskedFromSeveralSlicesOfATask();
};

void GeneratorTest::cleanup()
{
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void GeneratorTest::itGivesItsValuesAndThenNothing()
{
    Generator<int> generator = countsTo(2);
    QCOMPARE(generator.next(), std::optional(1));
    QCOMPARE(generator.next(), std::optional(2));
    QCOMPARE(generator.next(), std::nullopt);
    QCOMPARE(generator.next(), std::nullopt);
}

void GeneratorTest::nothingRunsBeforeItIsAsked()
{
    QStringList log;
    Generator<int> generator = notes(&log);
    QVERIFY(log.isEmpty());
    generator.next();
    QCOMPARE(log, QStringList {"runs"});
    generator.next();
    QCOMPARE(log, (QStringList {"runs", "goes on"}));
}

void GeneratorTest::aLoopGoesThroughIt()
{
    QCOMPARE(all(countsTo(4)), (std::vector {1, 2, 3, 4}));
    QVERIFY(all(nothing()).empty());
}

void GeneratorTest::anEmptyOneGivesNothing()
{
    Generator<int> generator;
    QCOMPARE(generator.next(), std::nullopt);
    Generator<int> other = countsTo(1);
    generator = std::move(other);
    QCOMPARE(generator.next(), std::optional(1));
}

void GeneratorTest::valuesMayBeMovable()
{
    Generator<std::unique_ptr<int>> generator = pointers();
    const auto first = generator.next();
    QCOMPARE(**first, 7);
    const auto second = generator.next();
    QCOMPARE(**second, 8);
    QVERIFY(!generator.next());
}

void GeneratorTest::itRunsAlternatelyWithAnother()
{
    QStringList log;
    Generator<int> a = notes(&log);
    Generator<int> b = notes(&log);
    a.next();
    b.next();
    a.next();
    QCOMPARE(log, (QStringList {"runs", "runs", "goes on"}));
}

void GeneratorTest::whatItThrowsReachesWhoAskedAndItHasEnded()
{
    Generator<int> generator = failsAfter(1);
    QCOMPARE(generator.next(), std::optional(1));
    COROSCOPE_VERIFY_THROWS(generator.next(), std::runtime_error);
    QCOMPARE(generator.next(), std::nullopt);
}

void GeneratorTest::itsLocalsDieWithItWhereverItStands()
{
    {
        const Generator<int> unstarted = holdsAGuest(2);
    }
    QCOMPARE(Guest::alive, 0);
    {
        Generator<int> halfway = holdsAGuest(2);
        halfway.next();
        QCOMPARE(Guest::alive, 1);
    }
    QCOMPARE(Guest::alive, 0);
    Generator<int> ended = holdsAGuest(1);
    ended.next();
    ended.next();
    QCOMPARE(Guest::alive, 0);
}

void GeneratorTest::aMillionValuesDontGrowTheStack()
{
    Generator<int> generator = countsTo(million);
    std::int64_t sum = 0;
    for (const int value : generator)
        sum += value;
    QCOMPARE(sum, std::int64_t(million) * (million + 1) / 2);
}

void GeneratorTest::nestedGeneratorsGiveTheirValuesInOrder()
{
    QCOMPARE(all(nests(2)), (std::vector {2, 1, 0, 0, -1, -2}));
    QCOMPARE(all(goesOnWith(nothing())), (std::vector {0, 100}));
    QCOMPARE(all(goesOnWith({})), (std::vector {0, 100}));
}

void GeneratorTest::anErrorPassesThroughTheNesting()
{
    Generator<int> generator = failsInside(3);
    COROSCOPE_VERIFY_THROWS(generator.next(), std::runtime_error);
    QCOMPARE(generator.next(), std::nullopt);
}

void GeneratorTest::anErrorOfANestedOneCanBeCaught()
{
    QCOMPARE(all(catchesFromInside()), (std::vector {1, 2, 99}));
}

void GeneratorTest::onePartlyUsedMayBeNested()
{
    Generator<int> inner = nests(2);
    QCOMPARE(inner.next(), std::optional(2));
    QCOMPARE(inner.next(), std::optional(1));
    QCOMPARE(all(goesOnWith(std::move(inner))), (std::vector {0, 0, 0, -1, -2, 100}));
    Generator<int> again = nests(3);
    again.next();
    again.next();
    Generator<int> outer = goesOnWith(std::move(again));
    outer.next();
    outer.next();
    QCOMPARE(Guest::alive, 3); // destroyed where it stands
}

void GeneratorTest::aMillionNestedDontGrowTheStack()
{
    Generator<int> generator = nests(million);
    std::int64_t count = 0;
    for ([[maybe_unused]] const int value : generator)
        ++count;
    QCOMPARE(count, 2 * std::int64_t(million + 1));
}

void GeneratorTest::aMillionNestedMayBeDestroyedHalfway()
{
    Generator<int> generator = nests(million);
    for (int i = 0; i <= million; ++i)
        generator.next();
    QCOMPARE(Guest::alive, million + 1);
}

void GeneratorTest::anErrorComesUpFromTheDepth()
{
    Generator<int> generator = failsInside(million / 10);
    COROSCOPE_VERIFY_THROWS(generator.next(), std::runtime_error);
}

void GeneratorTest::askingItselfIsAnError()
{
    Generator<int> generator;
    generator = asksItself(&generator);
    COROSCOPE_VERIFY_THROWS(generator.next(), InvalidStateError);
}

void GeneratorTest::itIsSeenInsideOfWhoAsks()
{
    TraceProbe probe;
    {
        Loop loop(virtualTime());
        spawn("t", &sums, 2);
        loop.runUntilIdle();
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QCOMPARE(probe.story(), (QStringList {
                                "created spawned by nobody",
                                "resumed spawned (start) on nobody",
                                "created countsTo by spawned",
                                "resumed countsTo (start) on spawned",
                                "suspended countsTo: call",
                                "resumed countsTo (call) on spawned",
                                "suspended countsTo: call",
                                "resumed countsTo (call) on spawned",
                                "finished countsTo: done",
                                "result spawned: 3",
                                "finished spawned: done",
                            }));
}

void GeneratorTest::theNestedAreSeen()
{
    TraceProbe probe;
    all(nests(1));
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.story(), (QStringList {
                                "created nests by nobody",
                                "resumed nests (start) on nobody",
                                "suspended nests: call",
                                "resumed nests (call) on nobody",
                                "created nests#2 by nests",
                                "suspended nests: task nests#2",
                                "resumed nests#2 (start) on nobody",
                                "suspended nests#2: call",
                                "resumed nests#2 (call) on nobody",
                                "suspended nests#2: call",
                                "resumed nests#2 (call) on nobody",
                                "finished nests#2: done",
                                "resumed nests (task) on nobody",
                                "suspended nests: call",
                                "resumed nests (call) on nobody",
                                "finished nests: done",
                            }));
}

void GeneratorTest::unfinishedItIsDestroyedInTheTrace()
{
    TraceProbe probe;
    {
        Generator<int> generator = countsTo(2);
        generator.next();
        const Generator<int> unstarted = countsTo(2);
    }
    probe.stop();
    QVERIFY2(probe.breaches().isEmpty(), qPrintable(probe.breaches().join(u'\n')));
    QCOMPARE(probe.eventsOf(trace::EventType::Destroyed).size(), std::size_t(2));
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void GeneratorTest::whatItPrintsIsItsCallersTask()
{
    TraceProbe probe;
    TaskId task;
    {
        Loop loop(virtualTime());
        task = spawn("t", []() -> Task<void> {
                   Generator<int> generator = says(QStringLiteral("hello"));
                   generator.next();
                   co_return;
               }).id();
        loop.runUntilIdle();
    }
    probe.stop();
    bool found = false;
    for (const Seen &seen : probe.seen())
        if (seen.event.type == trace::EventType::Text
            && trace::TextKind(seen.event.kind) == trace::TextKind::Print) {
            QCOMPARE(TaskId {seen.event.task}, task);
            found = true;
        }
    QVERIFY(found);
}

void GeneratorTest::aRecordingThatStartsLateFindsIt()
{
    Generator<int> generator = nests(1);
    generator.next();
    generator.next();
    TraceProbe probe;
    generator.next();
    for ([[maybe_unused]] const int value : generator) { }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.eventsOf(trace::EventType::FirstSeen).size(), std::size_t(2));
}

void GeneratorTest::itMayBeAskedFromSeveralSlicesOfATask()
{
    TraceProbe probe;
    {
        Loop loop(virtualTime());
        const auto task = spawn("t", &sleepsBetween);
        loop.runUntilIdle();
        QCOMPARE(task.result(), 3);
        // Destroyed with its task, where it stands.
        spawn("t", &sleepsBetween);
        loop.turnOnce();
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

QTEST_GUILESS_MAIN(GeneratorTest)
#include "tst_generator.moc"
