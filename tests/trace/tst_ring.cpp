// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/ring.h"

#include <QTest>

#include <thread>

using namespace coroscope::trace;

namespace {

Event numbered(std::uint64_t number)
{
    return {number, std::uint32_t(number), EventType::Resumed, Cause::None, 0, number, ~number};
}

Event textEvent(std::uint64_t number)
{
    return {number, std::uint32_t(number), EventType::Text, Cause::None, 0, 0, 0};
}

/// Takes everything that is there; returns the numbers of the events.
std::vector<std::uint64_t> takeAll(Ring &ring)
{
    std::vector<std::uint64_t> numbers;
    ring.look();
    while (!ring.isEmpty()) {
        numbers.push_back(ring.front().ticks);
        ring.pop();
    }
    ring.release();
    return numbers;
}

} // namespace

class RingTest : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyRingHasNothingToTake();
    void eventsComeOutAsTheyWentIn();
    void nothingIsSeenBeforeTheConsumerLooks();
    void aFullRingDropsAndCountsToTheEvent();
    void roomComesBackOnlyByRelease();
    void aReserveIsKeptForImportantEvents();
    void theTimeOfTheFirstLossIsReportedOncePerBatch();
    void eventsSurviveManyWraps();
    void textsComeOutInOrderBesideTheirEvents();
    void aTextThatWrapsAroundTheEndIsWhole();
    void anEmptyTextIsAText();
    void aLongTextIsCutAndItsLengthKept();
    void aCutNeverSplitsACharacter();
    void textsBeyondTheirRoomAreDroppedAndCounted();
    void aDroppedTextLeavesTheOrderOfTheOthers();
    void aProducerAndAConsumerThreadLoseNothingUncounted();
    void retirementIsSeenAfterTheLastEvent();
};

void RingTest::anEmptyRingHasNothingToTake()
{
    Ring ring(1, 64, 1024);
    ring.look();
    QVERIFY(ring.isEmpty());
    QCOMPARE(ring.thread(), 1u);
    QVERIFY(!ring.isRetired());
    const Ring::Loss loss = ring.takeLoss();
    QCOMPARE(loss.events, 0u);
    QCOMPARE(loss.texts, 0u);
}

void RingTest::eventsComeOutAsTheyWentIn()
{
    Ring ring(1, 64, 1024);
    const Event event {123, 45, EventType::Suspended, Cause::Timer, 6, 7, 8};
    ring.push(event, false);
    ring.look();
    QVERIFY(!ring.isEmpty());
    QCOMPARE(ring.front().ticks, 123u);
    QCOMPARE(ring.front().task, 45u);
    QCOMPARE(ring.front().type, EventType::Suspended);
    QCOMPARE(ring.front().cause, Cause::Timer);
    QCOMPARE(ring.front().kind, 6);
    QCOMPARE(ring.front().a, 7u);
    QCOMPARE(ring.front().b, 8u);
    ring.pop();
    QVERIFY(ring.isEmpty());
}

void RingTest::nothingIsSeenBeforeTheConsumerLooks()
{
    Ring ring(1, 64, 1024);
    ring.push(numbered(1), false);
    QVERIFY(ring.isEmpty());
    ring.look();
    ring.push(numbered(2), false);
    QVERIFY(!ring.isEmpty());
    ring.pop();
    QVERIFY(ring.isEmpty());
}

void RingTest::aFullRingDropsAndCountsToTheEvent()
{
    Ring ring(1, 64, 1024);
    for (std::uint64_t i = 1; i <= 1000; ++i)
        ring.push(numbered(i), true);
    const Ring::Loss loss = ring.takeLoss();
    const std::vector<std::uint64_t> kept = takeAll(ring);
    QCOMPARE(kept.size(), 64u);
    QCOMPARE(kept.front(), 1u);
    QCOMPARE(kept.back(), 64u);
    QCOMPARE(loss.events, 1000u - 64u);
    QCOMPARE(loss.ticks, 65u);
}

void RingTest::roomComesBackOnlyByRelease()
{
    Ring ring(1, 64, 1024);
    for (std::uint64_t i = 1; i <= 64; ++i)
        ring.push(numbered(i), true);
    ring.look();
    ring.pop();
    ring.push(numbered(65), true);
    QCOMPARE(ring.takeLoss().events, 1u);
    ring.release();
    ring.push(numbered(66), true);
    QCOMPARE(ring.takeLoss().events, 0u);
    QCOMPARE(takeAll(ring).back(), 66u);
}

void RingTest::aReserveIsKeptForImportantEvents()
{
    Ring ring(1, 64, 1024);
    for (std::uint64_t i = 1; i <= 64; ++i)
        ring.push(numbered(i), false);
    const std::uint64_t dropped = ring.takeLoss().events;
    QVERIFY(dropped > 0);
    for (std::uint64_t i = 0; i < dropped; ++i)
        ring.push(numbered(100 + i), true);
    QCOMPARE(ring.takeLoss().events, 0u);
    ring.push(numbered(200), true);
    QCOMPARE(ring.takeLoss().events, 1u);
    QCOMPARE(takeAll(ring).size(), 64u);
}

void RingTest::theTimeOfTheFirstLossIsReportedOncePerBatch()
{
    Ring ring(1, 64, 1024);
    for (std::uint64_t i = 1; i <= 70; ++i)
        ring.push(numbered(i), true);
    Ring::Loss loss = ring.takeLoss();
    QCOMPARE(loss.events, 6u);
    QCOMPARE(loss.ticks, 65u);
    for (std::uint64_t i = 300; i < 303; ++i)
        ring.push(numbered(i), true);
    loss = ring.takeLoss();
    QCOMPARE(loss.events, 3u);
    QCOMPARE(loss.ticks, 300u);
    QCOMPARE(ring.takeLoss().events, 0u);
}

void RingTest::eventsSurviveManyWraps()
{
    Ring ring(1, 16, 1024);
    std::uint64_t next = 1;
    std::uint64_t expected = 1;
    for (int round = 0; round < 1000; ++round) {
        for (int i = 0; i <= round % 16; ++i)
            ring.push(numbered(next++), true);
        for (const std::uint64_t number : takeAll(ring))
            QCOMPARE(number, expected++);
    }
    QCOMPARE(expected, next);
    QCOMPARE(ring.takeLoss().events, 0u);
}

void RingTest::textsComeOutInOrderBesideTheirEvents()
{
    Ring ring(1, 64, 1024);
    ring.push(numbered(1), false);
    ring.pushText(textEvent(2), "one");
    ring.push(numbered(3), false);
    ring.pushText(textEvent(4), "second");
    ring.look();
    ring.pop();
    QCOMPARE(ring.front().type, EventType::Text);
    QCOMPARE(ring.front().a, 3u);
    QCOMPARE(ring.front().b, 3u);
    QCOMPARE(ring.frontText().toByteArray(), QByteArray("one"));
    ring.pop();
    QCOMPARE(ring.front().ticks, 3u);
    ring.pop();
    QCOMPARE(ring.frontText().toByteArray(), QByteArray("second"));
    ring.pop();
    QVERIFY(ring.isEmpty());
}

void RingTest::aTextThatWrapsAroundTheEndIsWhole()
{
    Ring ring(1, 64, 64);
    for (int i = 0; i < 500; ++i) {
        const QByteArray text = QByteArray::number(i).rightJustified(1 + i % 16, 'x');
        ring.pushText(textEvent(std::uint64_t(i)), text);
        ring.look();
        QVERIFY(!ring.isEmpty());
        QCOMPARE(ring.frontText().toByteArray(), text);
        ring.pop();
        ring.release();
    }
    QCOMPARE(ring.takeLoss().texts, 0u);
}

void RingTest::anEmptyTextIsAText()
{
    Ring ring(1, 64, 64);
    ring.pushText(textEvent(1), QByteArrayView());
    ring.look();
    QVERIFY(!ring.isEmpty());
    QCOMPARE(ring.frontText().size(), 0);
}

void RingTest::aLongTextIsCutAndItsLengthKept()
{
    Ring ring(1, 64, std::size_t(1) << 20);
    const QByteArray text(200'000, 'y');
    ring.pushText(textEvent(1), text);
    ring.look();
    QCOMPARE(ring.front().a, std::uint64_t(Ring::maxText));
    QCOMPARE(ring.front().b, 200'000u);
    QCOMPARE(ring.frontText().toByteArray(), text.left(qsizetype(Ring::maxText)));

    Ring small(1, 64, 1024); // one text never takes more than a quarter of all room
    small.pushText(textEvent(1), text);
    small.look();
    QCOMPARE(small.front().a, 256u);
    QCOMPARE(small.front().b, 200'000u);
}

void RingTest::aCutNeverSplitsACharacter()
{
    Ring ring(1, 64, 1024);
    for (const QString &pattern : {QStringLiteral("é"), QStringLiteral("…"), QStringLiteral("😀"),
                                   QStringLiteral("aé"), QStringLiteral("ab…")}) {
        const QByteArray text = pattern.repeated(300).toUtf8();
        ring.pushText(textEvent(1), text);
        ring.look();
        const QByteArray kept = ring.frontText().toByteArray();
        QVERIFY(kept.size() <= 256);
        QVERIFY(kept.size() > 256 - 4);
        QVERIFY(text.startsWith(kept));
        QVERIFY(!QString::fromUtf8(kept).contains(QChar::ReplacementCharacter));
        ring.pop();
        ring.release();
    }
}

void RingTest::textsBeyondTheirRoomAreDroppedAndCounted()
{
    Ring ring(1, 1024, 256);
    for (int i = 0; i < 100; ++i)
        ring.pushText(textEvent(std::uint64_t(i)), QByteArray(64, char('a' + i % 26)));
    const Ring::Loss loss = ring.takeLoss();
    QCOMPARE(loss.texts, 96u);
    QCOMPARE(loss.events, 0u);
    ring.look();
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(ring.frontText().toByteArray(), QByteArray(64, char('a' + i)));
        ring.pop();
    }
    QVERIFY(ring.isEmpty());
}

void RingTest::aDroppedTextLeavesTheOrderOfTheOthers()
{
    Ring ring(1, 1024, 64);
    ring.pushText(textEvent(1), "0123456789abcdef");
    ring.pushText(textEvent(2), "0123456789abcdef");
    ring.pushText(textEvent(3), "0123456789abcdef");
    ring.pushText(textEvent(4), "0123456789");
    ring.pushText(textEvent(5), "does not fit");
    ring.pushText(textEvent(6), "fits");
    QCOMPARE(ring.takeLoss().texts, 1u);
    ring.look();
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(ring.frontText().toByteArray(), QByteArray("0123456789abcdef"));
        ring.pop();
    }
    QCOMPARE(ring.frontText().toByteArray(), QByteArray("0123456789"));
    ring.pop();
    QCOMPARE(ring.front().ticks, 6u);
    QCOMPARE(ring.frontText().toByteArray(), QByteArray("fits"));
}

void RingTest::aProducerAndAConsumerThreadLoseNothingUncounted()
{
    constexpr std::uint64_t total = 400'000;
    Ring ring(1, 1024, 4096);
    std::thread producer([&ring] {
        for (std::uint64_t i = 1; i <= total; ++i) {
            if (i % 64 == 0)
                ring.pushText(textEvent(i), QByteArray::number(qulonglong(i)));
            else
                ring.push(numbered(i), i % 16 == 0);
        }
        ring.retire();
    });
    std::uint64_t events = 0;
    std::uint64_t last = 0;
    std::uint64_t lost = 0;
    bool inOrder = true;
    bool intact = true;
    bool lossHasTime = true;
    for (bool over = false; !over;) {
        over = ring.isRetired();
        const Ring::Loss loss = ring.takeLoss();
        lost += loss.events + loss.texts;
        lossHasTime = lossHasTime && (loss.events == 0 || (loss.ticks > 0 && loss.ticks <= total));
        ring.look();
        while (!ring.isEmpty()) {
            const Event &e = ring.front();
            inOrder = inOrder && e.ticks > last;
            last = e.ticks;
            if (e.type == EventType::Text)
                intact = intact && ring.frontText().toByteArray() == QByteArray::number(qulonglong(e.ticks));
            else
                intact = intact && e.a == e.ticks && e.b == ~e.ticks;
            ++events;
            ring.pop();
        }
        ring.release();
    }
    producer.join();
    QVERIFY(inOrder);
    QVERIFY(intact);
    QVERIFY(lossHasTime);
    QCOMPARE(events + lost, total);
}

void RingTest::retirementIsSeenAfterTheLastEvent()
{
    for (int round = 0; round < 200; ++round) {
        Ring ring(1, 64, 1024);
        std::thread producer([&ring] {
            ring.push(numbered(1), false);
            ring.push(numbered(2), false);
            ring.retire();
        });
        while (!ring.isRetired())
            std::this_thread::yield();
        QCOMPARE(takeAll(ring).size(), 2u);
        producer.join();
    }
}

QTEST_GUILESS_MAIN(RingTest)
#include "tst_ring.moc"
