// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"
#include "ui/contrast.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/minimap.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/timeline/utilizationstrip.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using namespace coroscope::ui;
using trace::WaitKind;

namespace {

/// 10 s: at 2 s "parse" blocks the loop for 250 ms, at 5 s something runs for 20 ms.
struct Scene
{
    Script s;
    Scene()
    {
        s.created(1).text(1, trace::TextKind::Name, "parse").resumed(1).suspended(1, WaitKind::Yield);
        s.at(2s).resumed(1, trace::Cause::Yield).after(250ms).suspended(1, WaitKind::Sleep, 1);
        s.created(2).text(2, trace::TextKind::Name, "nap").at(5s).resumed(2).after(20ms).finished(2);
        s.at(10s).commit();
    }
};

} // namespace

class TestUtilizationStrip : public QObject
{
    Q_OBJECT
private slots:
    void aBlockedStretchIsWhereItWas();
    void stretchesThatTouchArePutTogether();
    void theTipSaysTheShareAndWhoBlocked();
    void theOverviewShowsBlockingInRedAndSaysItsFigures();
};

void TestUtilizationStrip::aBlockedStretchIsWhereItWas()
{
    const Scene scene;
    const auto wide = blockedStretches(scene.s.store.marks(), TimeScale({0s, 10s}, 1000), 16);
    QCOMPARE(wide, (std::vector {QRectF(200, 0, 25, 16)}));
    const auto narrow = blockedStretches(scene.s.store.marks(), TimeScale({0s, 100s}, 100), 16);
    QCOMPARE(narrow, (std::vector {QRectF(2, 0, 2, 16)}));
}

void TestUtilizationStrip::stretchesThatTouchArePutTogether()
{
    std::vector<Mark> marks;
    for (int i = 0; i < 1000; ++i)
        marks.push_back({Mark::Kind::Blocked, i * 100ms, i * 100ms + 60ms, false, {}, {}, 0});
    QCOMPARE(blockedStretches(marks, TimeScale({0s, 100s}, 100), 16).size(), 1u);
    QCOMPARE(blockedStretches(marks, TimeScale({0s, 1s}, 1000), 16).size(), 1000u);
}

void TestUtilizationStrip::theTipSaysTheShareAndWhoBlocked()
{
    const Scene scene;
    const QString tip = utilizationTip(scene.s.store, {2s, 3s}).replace(QChar(QChar::Nbsp), ' ');
    QVERIFY2(tip.contains("the loop ran coroutines for 25 % of it"), qPrintable(tip));
    QVERIFY2(tip.contains("\nblocked for 250 ms by parse"), qPrintable(tip));
    QVERIFY(!utilizationTip(scene.s.store, {4s, 6s}).contains("blocked"));
}

void TestUtilizationStrip::theOverviewShowsBlockingInRedAndSaysItsFigures()
{
    Scene scene;
    Selection selection;
    TimelineView view(scene.s.store, selection);
    TimelineWidget widget(view);
    widget.resize(1000, 300);
    widget.show();
    auto *minimap = static_cast<Minimap *>(widget.minimap());
    const auto isRed = [&](double at) {
        const TimeRange all {view.session().begin, std::max(view.session().end, view.range().end)};
        const double x = 1 + TimeScale(all, minimap->width() - 2).x(Time(std::int64_t(at * 1e9)));
        const QColor red = Theme::of(minimap->palette()).blocking;
        return minimap->grab().toImage().pixelColor(int(x), minimap->height() / 2) == red;
    };
    QVERIFY(isRed(2.1));
    QVERIFY(!isRed(5.01));
    QVERIFY(!isRed(1.5));
    const TimeRange all {view.session().begin, std::max(view.session().end, view.range().end)};
    const QPoint at(int(1 + TimeScale(all, minimap->width() - 2).x(2100ms)), 8);
    QHelpEvent help(QEvent::ToolTip, at, minimap->mapToGlobal(at));
    QCoreApplication::sendEvent(minimap, &help);
    QVERIFY2(QToolTip::text().contains("blocked for 250 ms by parse"), qPrintable(QToolTip::text()));
}

QTEST_MAIN(TestUtilizationStrip)
#include "tst_utilizationstrip.moc"
