// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/forgottenstretch.h"
#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/minimap.h"
#include "ui/timeline/regionpanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"

#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using namespace coroscope::ui;
using trace::WaitKind;

namespace {

/// A task that lives long, one that ends in each second, in a shown timeline.
struct Scene
{
    Script s;
    Selection selection;
    std::unique_ptr<TimelineView> view;
    std::unique_ptr<TimelineWidget> widget;

    explicit Scene(const Retention &retention)
    {
        s.store.setRetention(retention);
        s.created(1).text(1, trace::TextKind::Name, QStringLiteral("long"));
        view = std::make_unique<TimelineView>(s.store, selection);
        view->setClock(LiveClock::Source::Store);
        widget = std::make_unique<TimelineWidget>(*view);
        widget->resize(1230, 400);
        widget->show();
        QApplication::processEvents();
    }
    void play(int seconds)
    {
        for (int i = 0; i < seconds; ++i) {
            const std::uint32_t id = m_next++;
            s.created(id).text(id, trace::TextKind::Name, QStringLiteral("short %1").arg(id)).resumed(id);
            s.after(1ms).finished(id);
            for (int k = 0; k < 1000; ++k) {
                s.resumed(1, trace::Cause::Timer).after(300us).suspended(1, WaitKind::Sleep, 5);
                s.after(600us);
            }
            s.after(99ms).commit();
        }
        view->advance();
        QApplication::processEvents();
    }
    Minimap &minimap() const { return *static_cast<Minimap *>(widget->minimap()); }
    TaskId shortOne(int i) const { return TaskId {2 + std::uint32_t(i)}; }

private:
    std::uint32_t m_next = 2;
};

QString plain(const QString &html)
{
    QTextDocument document;
    document.setHtml(html);
    return document.toPlainText();
}

const Retention fiveSeconds {.time = Time {5s}, .events = {}, .memoryBytes = {}};

} // namespace

class TestForgottenStretch : public QObject
{
    Q_OBJECT
    /// Shift+drag over the stretch.
    static void drag(Scene &scene, TimeRange region)
    {
        QWidget *area = scene.widget->laneArea();
        const auto at = [&](Time time) {
            return area->mapFrom(scene.widget.get(), scene.widget->pointOf(TaskId {1}, time));
        };
        QTest::mousePress(area, Qt::LeftButton, Qt::ShiftModifier, at(region.begin));
        QMouseEvent move(QEvent::MouseMove, at(region.end), area->mapToGlobal(at(region.end)), Qt::NoButton,
                         Qt::LeftButton, Qt::ShiftModifier);
        QApplication::sendEvent(area, &move);
        QTest::mouseRelease(area, Qt::LeftButton, Qt::ShiftModifier, at(region.end));
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void theOverviewShowsWhatWasForgottenAndSaysSo()
    {
        Scene scene(fiveSeconds);
        scene.play(4);
        QVERIFY(scene.minimap().forgottenRect().isEmpty());
        const QImage before = scene.minimap().grab().toImage();
        scene.play(16);
        const QRectF stretch = scene.minimap().forgottenRect();
        QVERIFY(stretch.width() > 30);
        QVERIFY(stretch.width() < scene.minimap().width() / 3); // it doesn't push the rest out of sight
        const QImage image = scene.minimap().grab().toImage();
        // Stripes: along a line near the top, where no bar reaches, the ground isn't of one color.
        QSet<QRgb> striped, ground;
        for (int x = int(stretch.left()) + 2; x < int(stretch.right()) - 3; ++x)
            striped << image.pixel(x, 3);
        for (int x = 2; x < 60; ++x)
            ground << before.pixel(scene.minimap().width() / 8 + x, 3);
        QVERIFY(striped.size() > 2);
        QVERIFY(ground.size() <= 2);

        // What a person reads with the pointer there.
        const QPoint at(int(stretch.center().x()), 10);
        QHelpEvent help(QEvent::ToolTip, at, scene.minimap().mapToGlobal(at));
        QApplication::sendEvent(&scene.minimap(), &help);
        const QString tip = QToolTip::text();
        QVERIFY2(tip.contains(QStringLiteral("forgotten: ")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("kept are the last 5.00 s")), qPrintable(tip));
        const QString events = QLocale().toString(qulonglong(scene.s.store.figures().forgottenEvents));
        QVERIFY2(tip.contains(events + QStringLiteral(" events")), qPrintable(tip));
        QVERIFY(
            !scene.minimap().tipAt(scene.minimap().width() * 3 / 4.0).contains(QStringLiteral("forgotten")));
        QToolTip::hideText();
    }

    void aLaneIsHatchedBeforeWhatIsKnownOfItAndNotIdle()
    {
        Scene scene(fiveSeconds);
        scene.play(20);
        scene.view->setFollowing(false);
        scene.view->setRange({10s, 20s});
        QApplication::processEvents();
        const Time known = scene.s.store.knownSince(TaskId {1});
        QVERIFY(known > 12s);
        const QPoint forgotten = scene.widget->pointOf(TaskId {1}, 11s);
        const auto shape = scene.widget->shapeAt(forgotten);
        QVERIFY(shape);
        QCOMPARE(shape->kind, LaneShape::Kind::Forgotten);
        QCOMPARE(shape->text, QStringLiteral("forgotten"));
        const QString tip = plain(scene.widget->tipAt(forgotten));
        const QString slices = QLocale().toString(scene.s.store.firstSlice(TaskId {1}));
        QVERIFY2(tip.contains(QStringLiteral("forgotten: %1 slices").arg(slices)), qPrintable(tip));
        const QImage image = scene.widget->grab().toImage();
        QSet<QRgb> striped;
        for (int x = 0; x < 24; ++x)
            striped << image.pixel(forgotten + QPoint(x - 60, -5));
        QVERIFY(striped.size() > 2);
        QVERIFY(scene.widget->shapeAt(scene.widget->pointOf(TaskId {1}, known + 100ms))->kind
                >= LaneShape::Kind::Mixed);
    }

    void aForgottenTaskLeavesTheLanesTheSelectionAndThePins()
    {
        Scene scene(fiveSeconds);
        scene.play(4);
        const TaskId gone = scene.shortOne(0), stays = scene.shortOne(3);
        scene.view->setPinned(gone, true);
        scene.view->setPinned(TaskId {1}, true);
        QTest::mouseClick(scene.widget->laneHeader(), Qt::LeftButton, {},
                          QPoint(60, LaneGeometry(scene.view->lanes().size(), scene.view->lanes().topLanes(),
                                                  scene.widget->laneHeader()->height(), 0)
                                         .center(*scene.view->lanes().rowOf(gone))));
        QCOMPARE(scene.selection.task(), gone);
        scene.play(4);
        QVERIFY(!scene.s.store.task(gone));
        QCOMPARE(scene.selection.task(), TaskId {});
        QVERIFY(!scene.view->lanes().rowOf(gone));
        QVERIFY(scene.view->isPinned(TaskId {1}));
        QCOMPARE(scene.view->arrangement().pinned.size(), 1u);
        QVERIFY(scene.view->lanes().rowOf(stays));
        QVERIFY(scene.view->isFollowing());
    }

    void aSliceThatWasForgottenIsSelectedNoMore()
    {
        Scene scene(fiveSeconds);
        scene.play(4);
        scene.selection.select(TaskId {1}, 10);
        scene.play(16);
        QVERIFY(scene.s.store.firstSlice(TaskId {1}) > 10);
        QCOMPARE(scene.selection.task(), TaskId {1});
        QCOMPARE(scene.selection.slice(), std::nullopt);
        // The keys step within what is known.
        scene.selection.select(TaskId {1}, scene.s.store.firstSlice(TaskId {1}));
        scene.widget->setFocus();
        QTest::keyClick(scene.widget->laneArea(), Qt::Key_Comma);
        QCOMPARE(scene.selection.slice(), std::optional(scene.s.store.firstSlice(TaskId {1})));
    }

    void aFrozenPictureStaysFrozen()
    {
        Scene scene(fiveSeconds);
        scene.play(4);
        QTest::keyClick(scene.widget->laneArea(), Qt::Key_Space);
        QVERIFY(scene.view->isFrozen());
        const TimeRange range = scene.view->range();
        scene.play(16);
        QVERIFY(scene.view->isFrozen());
        QCOMPARE(scene.view->range(), range);
        (void)scene.widget->grab(); // lanes of forgotten tasks are drawn without them
        QTest::keyClick(scene.widget->laneArea(), Qt::Key_Space);
        QVERIFY(!scene.view->isFrozen());
        QVERIFY(!scene.view->lanes().rowOf(scene.shortOne(0)));
    }

    void aRegionThatReachesIntoItSaysSoAndCountsTheRest()
    {
        Scene scene(fiveSeconds);
        scene.play(4);
        scene.view->setFollowing(false);
        scene.view->setRange({0s, 20s});
        scene.view->setRegion(TimeRange {1s, 3s});
        RegionPanel *panel = scene.widget->regionPanel();
        QTRY_VERIFY(panel->isVisible());
        QVERIFY2(!panel->plainText().contains(QStringLiteral("Forgotten")), qPrintable(panel->plainText()));
        QVERIFY(panel->plainText().contains(QStringLiteral("Slices")));

        // It is forgotten while it is shown.
        scene.play(16);
        QTRY_VERIFY(panel->plainText().contains(QStringLiteral("Forgotten")));
        QVERIFY2(panel->plainText().contains(QStringLiteral("too much of it to count")),
                 qPrintable(panel->plainText()));
        QVERIFY(panel->plainText().contains(QStringLiteral("kept are the last 5.00 s")));
        QVERIFY(!panel->plainText().contains(QStringLiteral("Slices"))); // nobody knows how many

        const Time known = scene.s.store.knownSince();
        const TimeRange region {known - 1s, known + 3s};
        drag(scene, region);
        QTRY_VERIFY(panel->plainText().contains(QStringLiteral("25 % of it isn't counted")));
        const RegionStatistics rest = regionStatistics(scene.s.store, {known, region.end}, 20s);
        const RegionStatistics all = regionStatistics(scene.s.store, region, 20s);
        QCOMPARE(all.known.begin, known);
        QCOMPARE(all.slices, rest.slices);
        QCOMPARE(all.kinds[0].busy, rest.kinds[0].busy);
        // 300 of 900 µs: the share is of what is known.
        QVERIFY2(panel->plainText().contains(QStringLiteral("30 %,")), qPrintable(panel->plainText()));
        scene.view->setRegion(TimeRange {known + 1s, known + 2s});
        QTRY_VERIFY(!panel->plainText().contains(QStringLiteral("Forgotten")));
    }

    void allThereIsBeginsShortlyBeforeWhatIsKnown()
    {
        Scene scene(fiveSeconds);
        scene.play(30);
        const Time known = scene.s.store.knownSince();
        const TimeRange all = scene.view->session();
        QVERIFY(all.begin < known);
        QVERIFY(known - all.begin < (all.end - known) / 4);
    }

    void whatIsFollowedStaysAtTheRightHoweverLittleIsKept()
    {
        Scene scene({.time = Time {1s}, .events = {}, .memoryBytes = {}});
        scene.view->setRange({0s, 10s});
        scene.view->setFollowing(true);
        scene.play(30);
        const TimeRange range = scene.view->range();
        QVERIFY(scene.view->now() > range.begin + range.length() * 9 / 10);
        QVERIFY(range.begin < scene.s.store.knownSince());
    }

    void limitsAreToldInWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, const QString &words) {
            QTest::newRow(text) << QString::fromLatin1(text) << words;
        };
        row("10min", QStringLiteral("the last 10 min"));
        row("2h", QStringLiteral("the last 2 h"));
        row("5000000events", QStringLiteral("the last %1 events").arg(QLocale().toString(5'000'000)));
        row("512MB", QStringLiteral("the last 512 MB"));
        row("1.5GB", QStringLiteral("the last %1 GB").arg(QLocale().toString(1.5)));
        row("10min,1GB", QStringLiteral("the last 10 min, at most 1 GB"));
        row("all", {});
    }
    void limitsAreToldInWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(retentionWords(std::get<Retention>(parseRetention(text))), words);
    }
};

QTEST_MAIN(TestForgottenStretch)
#include "tst_forgottenstretch.moc"
