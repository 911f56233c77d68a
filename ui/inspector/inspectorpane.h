// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/console/consolelog.h"
#include "ui/inspector/slicestatistics.h"

#include <QElapsedTimer>
#include <QScrollArea>
#include <QTimer>

class QLabel;

namespace coroscope::ui {

class AwaitTree;
class CauseBars;
class FactGrid;
class HistogramView;
class ProgressStrip;
class Pulse;
class Selection;
class TextBlock;

/// All about the selected task, at the pulse's moment.
class InspectorPane : public QScrollArea
{
    Q_OBJECT
public:
    InspectorPane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void onBeat();
    void refresh();
    void refreshSoon();
    void showLines(const model::Task &task);
    void showTask(const model::Task &task);
    void showFacts(const model::Task &task);
    void showSlices(const model::Task &task);
    void showTexts(const model::Task &task);
    QString subtitleOf(const model::Task &task) const;
    QString waitingAt(const model::Task &task) const;

    model::TraceStore &m_store;
    Pulse &m_pulse;
    Selection &m_selection;
    SliceStatistics m_statistics;
    ConsoleLog m_printed;
    TaskId m_printedOf;
    QElapsedTimer m_sinceRefresh;
    QTimer m_refresh; ///< for what is to be shown a little later

    QLabel *m_empty;
    QWidget *m_content;
    QLabel *m_title;
    QLabel *m_subtitle;
    ProgressStrip *m_progress;
    QLabel *m_warnings;
    FactGrid *m_facts;
    QLabel *m_awaitsHeading;
    AwaitTree *m_awaits;
    QLabel *m_slicesHeading;
    HistogramView *m_histogram;
    QLabel *m_wakesHeading;
    CauseBars *m_wakes;
    TextBlock *m_outcome;
    TextBlock *m_lines;
};

} // namespace coroscope::ui
