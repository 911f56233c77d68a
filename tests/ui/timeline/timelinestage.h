// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "mockscene.h"
#include "ui/selection.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"

#include <QApplication>
#include <QTextDocument>
#include <QWheelEvent>
#include <QtTest>

namespace coroscope::ui {

/// The mock scene in a shown timeline, with the keyboard's focus.
struct Stage : MockScene
{
    Selection selection;
    TimelineView view {store(), selection};
    TimelineWidget widget {view};

    explicit Stage(QSize size = {1230, 500})
    {
        view.setClock(LiveClock::Source::Store);
        play(3090ms);
        widget.resize(size);
        widget.show();
        view.advance();
        view.setRange({1150ms, 3230ms});
        widget.setFocus();
        QApplication::processEvents();
    }

    QPoint inArea(TaskId task, Time time) const
    {
        return widget.laneArea()->mapFrom(&widget, widget.pointOf(task, time));
    }
    QColor pixel(TaskId task, Time time, int dy = 0)
    {
        const QImage image = widget.grab().toImage();
        const QPoint at = widget.pointOf(task, time) + QPoint(0, dy);
        return image.pixelColor(at * image.devicePixelRatio());
    }
    QString tip(TaskId task, Time time) const
    {
        QTextDocument document;
        document.setHtml(widget.tipAt(widget.pointOf(task, time)));
        return document.toPlainText();
    }
    void wheel(QPoint angle, Qt::KeyboardModifiers modifiers, QPoint at)
    {
        const QPoint inWidget = widget.laneArea()->mapTo(&widget, at);
        QWheelEvent event(inWidget, widget.mapToGlobal(inWidget), {}, angle, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&widget, &event);
    }
    void key(int key) { QTest::keyClick(widget.laneArea(), static_cast<Qt::Key>(key)); }
    std::size_t rowOf(TaskId task) const { return *view.lanes().rowOf(task); }
};

} // namespace coroscope::ui
