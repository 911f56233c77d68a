// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"
#include "ui/pulse.h"
#include "ui/replay/playhead.h"
#include "ui/replay/transportbar.h"
#include "ui/selection.h"

#include <QSignalSpy>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using model::Time;

namespace {

/// A session from 1 s to 11 s, in which something happens each two seconds.
struct Fixture
{
    model::Script script;
    Pulse pulse {script.store};
    Playhead playhead {script.store, pulse};
    QSignalSpy moved {&playhead, &Playhead::moved};

    Fixture()
    {
        script.at(1s).created(1).at(3s).resumed(1).at(5s).suspended(1, trace::WaitKind::Sleep);
        script.at(7s).resumed(1, trace::Cause::Timer).at(9s).finished(1).at(11s).commit();
    }
};

} // namespace

/// The playhead without a window: its time is passed by hand.
class TestPlayhead : public QObject
{
    Q_OBJECT
private slots:
    void offItIsThePresent()
    {
        Fixture f;
        QVERIFY(!f.playhead.isOn());
        QVERIFY(!f.pulse.moment().isPast());
        QCOMPARE(f.playhead.time(), Time {11s});
        f.playhead.leave();
        QCOMPARE(f.moved.size(), 0);
    }

    void itStaysWithinTheSession()
    {
        Fixture f;
        f.playhead.moveTo(4s);
        QVERIFY(f.playhead.isOn());
        QCOMPARE(f.pulse.now(), Time {4s});
        f.playhead.moveTo(-5s);
        QCOMPARE(f.playhead.time(), Time {1s});
        f.playhead.moveTo(50s);
        QCOMPARE(f.playhead.time(), Time {11s});
    }

    void itGoesAlongWithWhatIsForgotten()
    {
        Fixture f;
        f.playhead.moveTo(4s);
        f.script.store.setRetention({.time = 5s, .events = {}, .memoryBytes = {}});
        for (int i = 0; i < 20; ++i)
            f.script.after(1s).created(std::uint32_t(2 + i)).resumed(std::uint32_t(2 + i)).commit();
        QVERIFY(f.script.store.knownSince() > Time {4s});
        QTRY_COMPARE(f.playhead.time(), f.script.store.knownSince());
        QVERIFY(f.playhead.isOn());
        f.playhead.moveTo(0s);
        QCOMPARE(f.playhead.time(), f.script.store.knownSince());
    }

    void itPlaysAsFastAsAsked_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<qint64>("wall"); // ms
        QTest::addColumn<qint64>("session"); // ns
        QTest::newRow("a hundredth") << 0.01 << qint64(500) << qint64(5'000'000);
        QTest::newRow("half") << 0.5 << qint64(500) << qint64(250'000'000);
        QTest::newRow("as it was") << 1.0 << qint64(500) << qint64(500'000'000);
        QTest::newRow("ten times") << 10.0 << qint64(500) << qint64(5'000'000'000);
        QTest::newRow("slower than there is") << 0.0001 << qint64(1000) << qint64(10'000'000);
    }
    void itPlaysAsFastAsAsked()
    {
        QFETCH(double, speed);
        QFETCH(qint64, wall);
        QFETCH(qint64, session);
        Fixture f;
        f.playhead.setSpeed(speed);
        f.playhead.moveTo(2s);
        f.playhead.play();
        for (int i = 0; i < wall; ++i)
            f.playhead.pass(1ms);
        QVERIFY(std::abs((f.playhead.time() - Time {2s}).count() - session) <= 1);
        f.playhead.pause();
        const Time paused = f.playhead.time();
        f.playhead.pass(1s);
        QCOMPARE(f.playhead.time(), paused);
    }

    void itPlaysByItself()
    {
        Fixture f;
        f.playhead.setSpeed(10);
        f.playhead.play();
        QCOMPARE(f.playhead.time(), Time {1s}); // off: from the begin
        QTRY_VERIFY(f.playhead.time() > Time {2s});
        QTRY_VERIFY(!f.playhead.isPlaying()); // the end
        QCOMPARE(f.playhead.time(), Time {11s});
        QVERIFY(f.playhead.isOn());
        f.playhead.play(); // once more
        QVERIFY(f.playhead.time() < Time {11s});
    }

    void whileTheSessionGoesOnTheEndDoesToo()
    {
        Fixture f;
        f.playhead.moveTo(10s);
        f.playhead.play();
        f.script.at(13s).created(2).commit();
        f.playhead.pass(2s);
        QVERIFY(f.playhead.isPlaying());
        QCOMPARE(f.playhead.time(), Time {12s});
        QVERIFY(!f.pulse.moment().task(TaskId {2}));
        f.playhead.pass(5s);
        QVERIFY(!f.playhead.isPlaying());
        QVERIFY(f.pulse.moment().task(TaskId {2}));
    }

    void aStepGoesToTheNextEventAndPauses()
    {
        Fixture f;
        QVERIFY(f.playhead.step(-1)); // from the present
        QCOMPARE(f.playhead.time(), Time {9s});
        QVERIFY(!f.playhead.step(1));
        f.playhead.moveTo(4s);
        f.playhead.play();
        QVERIFY(f.playhead.step(1));
        QCOMPARE(f.playhead.time(), Time {5s});
        QVERIFY(!f.playhead.isPlaying());
        QVERIFY(f.playhead.step(-1, TaskId {1}));
        QCOMPARE(f.playhead.time(), Time {3s});
    }

    void aClearedStoreIsReadAnew()
    {
        Fixture f;
        f.playhead.moveTo(10s);
        QVERIFY(f.pulse.moment().task(TaskId {1}));
        f.script.store.removeEnded();
        QVERIFY(!f.pulse.moment().task(TaskId {1}));
        QVERIFY(f.playhead.isOn());
    }

    void speedsAreReadAsTheyAreWritten()
    {
        QCOMPARE(playSpeedText(0.01), QStringLiteral("×0.01"));
        QCOMPARE(playSpeedText(100), QStringLiteral("×100"));
        QCOMPARE(playSpeedOf(QStringLiteral("×0.5")), 0.5);
        QCOMPARE(playSpeedOf(QStringLiteral("x 2")), 2.0);
        QCOMPARE(playSpeedOf(QStringLiteral(" 25 ")), 25.0);
        QVERIFY(!playSpeedOf(QStringLiteral("fast")));
        QVERIFY(!playSpeedOf(QStringLiteral("-1")));
        QVERIFY(!playSpeedOf({}));
    }
};

QTEST_MAIN(TestPlayhead)
#include "tst_playhead.moc"
