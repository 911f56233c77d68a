// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/gallery.h"
#include "ui/gallery/exampleruns.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QPushButton;
class QSplitter;

namespace coroscope::ui {

class CodeView;
class ExampleForm;
class Pulse;

/// One example: what to look for, its fields, our program beside the tutorial's, and how its last run goes.
/// The lines at which tasks of that run are suspended are marked.
class ExamplePage : public QScrollArea
{
    Q_OBJECT
public:
    ExamplePage(tasks::Session &session, Pulse &pulse, ExampleRuns &runs, QWidget *parent = nullptr);

    void setExample(const gallery::Example &example);
    const gallery::Example &example() const { return m_example; }
    /// Starts the example as its fields say; if one of them is wrong, nothing.
    void run();

signals:
    /// Its future is to be set by hand.
    void futuresWanted();
    void comparisonWanted(coroscope::TaskId run);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    QWidget *buildHead();
    QWidget *buildCode();
    void showTerms();
    void refresh();
    void showState();
    QString stateText(TaskId run) const;
    TaskId latestRun() const; ///< at the moment that is shown
    void stop();

    tasks::Session &m_session;
    Pulse &m_pulse;
    ExampleRuns &m_runs;
    gallery::Example m_example;
    bool m_isStarting = false;
    QString m_refusal; ///< why the last try didn't start

    QLabel *m_title;
    QLabel *m_look;
    QLabel *m_note;
    ExampleForm *m_form;
    QPushButton *m_run;
    QPushButton *m_stop;
    QLabel *m_state;
    QPushButton *m_futures;
    QPushButton *m_compare;
    QSplitter *m_code;
    QLabel *m_programName;
    CodeView *m_program;
    CodeView *m_listing;
    QWidget *m_terms;
};

} // namespace coroscope::ui
