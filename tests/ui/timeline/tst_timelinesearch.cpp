// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/findbar.h"

#include <QLineEdit>

using namespace coroscope;
using namespace coroscope::ui;
using What = FindHit::What;

class TestTimelineSearch : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void itFindsNamesReasonsLabelsAndPrintedLines_data();
    void itFindsNamesReasonsLabelsAndPrintedLines();
    void hitsStandInOrderOfTime();
    void slashOpensAndEnterGoesOnAndRound();
    void nAndShiftNGoOnWithTheLanesFocused();
    void whatIsFoundIsFramedOnTheScreen();
    void aNameThatIsFoundHasAGround();
    void nothingFoundIsSaid();
    void escapeClosesAndGivesTheFocusBack();
    void whatComesLaterIsFoundToo();
};

struct Searched : Stage
{
    Searched()
    {
        print(debian, 2441ms, QStringLiteral("half of it is here"));
        play(3090ms);
        view.setFollowing(false);
        view.setRange({1150ms, 3230ms});
    }
    QLineEdit *edit() { return widget.findChild<QLineEdit *>(QStringLiteral("timelineFind")); }
    void find(const QString &text)
    {
        key(Qt::Key_Slash);
        QTest::keyClicks(edit(), text);
    }
    QString count() const { return widget.findBar()->countText(); }
};

void TestTimelineSearch::itFindsNamesReasonsLabelsAndPrintedLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<What>("what");
    QTest::addColumn<int>("count");
    QTest::newRow("a name") << "UBUNTU.iso" << What::Name << 1;
    QTest::newRow("a worker's job") << "sha256" << What::Label << 2;
    QTest::newRow("a wait") << "hset" << What::Wait << 2;
    QTest::newRow("a printed line") << "half of" << What::Printed << 1;
}

void TestTimelineSearch::itFindsNamesReasonsLabelsAndPrintedLines()
{
    QFETCH(QString, text);
    QFETCH(What, what);
    QFETCH(int, count);
    Searched s;
    const auto hits = findInTimeline(s.store(), text);
    QCOMPARE(std::count_if(hits.begin(), hits.end(), [&](const FindHit &hit) { return hit.what == what; }),
             count);
}

void TestTimelineSearch::hitsStandInOrderOfTime()
{
    Searched s;
    const auto hits = findInTimeline(s.store(), "redis");
    QCOMPARE(hits.size(), std::size_t(2));
    QCOMPARE(hits[0].task, s.redis1);
    QCOMPARE(hits[1].task, s.redis2);
    QVERIFY(findInTimeline(s.store(), {}).empty());
}

void TestTimelineSearch::slashOpensAndEnterGoesOnAndRound()
{
    Searched s;
    s.find("HGETALL");
    QVERIFY(s.edit()->hasFocus());
    QCOMPARE(s.count(), QStringLiteral("2 found"));
    QTest::keyClick(s.edit(), Qt::Key_Return);
    QCOMPARE(s.count(), QStringLiteral("1 of 2"));
    QCOMPARE(s.selection.task(), s.redis1);
    QCOMPARE(s.selection.slice(), std::optional<std::uint32_t>(2));
    QTest::keyClick(s.edit(), Qt::Key_Return);
    QCOMPARE(s.count(), QStringLiteral("2 of 2"));
    QCOMPARE(s.selection.task(), s.redis2);
    QTest::keyClick(s.edit(), Qt::Key_Return);
    QCOMPARE(s.count(), QStringLiteral("1 of 2"));
    QTest::keyClick(s.edit(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(s.count(), QStringLiteral("2 of 2"));
    QVERIFY(s.edit()->hasFocus());
}

void TestTimelineSearch::nAndShiftNGoOnWithTheLanesFocused()
{
    Searched s;
    s.find("GET");
    s.widget.laneArea()->setFocus();
    s.key(Qt::Key_N);
    const TaskId first = s.selection.task();
    s.key(Qt::Key_N);
    QVERIFY(s.selection.task() != first);
    QTest::keyClick(s.widget.laneArea(), Qt::Key_N, Qt::ShiftModifier);
    QCOMPARE(s.selection.task(), first);
}

void TestTimelineSearch::whatIsFoundIsFramedOnTheScreen()
{
    Searched s;
    const auto framed = [&] {
        const QImage image = s.widget.grab().toImage();
        const QPoint at = s.widget.pointOf(s.redis2, 1450ms);
        for (int dy = 7; dy <= 12; ++dy) {
            if (image.pixelColor((at + QPoint(0, dy)) * image.devicePixelRatio()) == Theme::light().accent)
                return true;
        }
        return false;
    };
    s.find("connect");
    QVERIFY(framed());
    QTest::keyClick(s.edit(), Qt::Key_Escape);
    QVERIFY(!framed());
}

void TestTimelineSearch::aNameThatIsFoundHasAGround()
{
    Searched s;
    const QImage before = s.widget.laneHeader()->grab().toImage();
    s.find("ubuntu");
    QVERIFY(s.widget.search().ofName(s.ubuntu) == TimelineSearch::Highlight::Hit);
    QVERIFY(s.widget.search().ofName(s.debian) == TimelineSearch::Highlight::None);
    QTest::keyClick(s.edit(), Qt::Key_Return);
    QVERIFY(s.widget.search().ofName(s.ubuntu) == TimelineSearch::Highlight::Current);
    QVERIFY(s.widget.laneHeader()->grab().toImage() != before);
}

void TestTimelineSearch::nothingFoundIsSaid()
{
    Searched s;
    s.find("no such thing");
    QCOMPARE(s.count(), QStringLiteral("no match"));
    QTest::keyClick(s.edit(), Qt::Key_Return);
    QCOMPARE(s.count(), QStringLiteral("no match"));
}

void TestTimelineSearch::escapeClosesAndGivesTheFocusBack()
{
    Searched s;
    const int lane = s.widget.pointOf(s.batch, 2s).y();
    s.find("GET");
    QVERIFY(s.widget.pointOf(s.batch, 2s).y() > lane); // the bar covers no lane
    QTest::keyClick(s.edit(), Qt::Key_Escape);
    QVERIFY(!s.widget.findBar()->isVisible());
    QVERIFY(s.widget.laneArea()->hasFocus());
    QVERIFY(s.widget.search().hits().empty());
    QCOMPARE(s.widget.pointOf(s.batch, 2s).y(), lane);
}

void TestTimelineSearch::whatComesLaterIsFoundToo()
{
    Searched s;
    s.find("late");
    QCOMPARE(s.count(), QStringLiteral("no match"));
    s.spawn("GET late.bin", "download", 3100ms);
    s.play(3150ms);
    QTRY_COMPARE(s.count(), QStringLiteral("1 found"));
}

QTEST_MAIN(TestTimelineSearch)
#include "tst_timelinesearch.moc"
