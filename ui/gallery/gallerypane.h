// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/gallery.h"
#include "core/tasks/session.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace coroscope::ui {

class ExamplePage;
class ExampleRuns;
class Pulse;
class Selection;

/// The tutorial's examples: all of them in a list, the chosen one below it. A double click or Enter runs one
/// in the window's session, and its lane comes into sight.
class GalleryPane : public QWidget
{
    Q_OBJECT
public:
    GalleryPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    void showExample(const QString &id);
    QString currentExample() const;

signals:
    void futuresWanted();
    void closeWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    void buildList();
    void applyFilter(const QString &text);
    void showStates();
    void compare(TaskId run);
    QTreeWidgetItem *itemOf(const QString &id) const;

    tasks::Session &m_session;
    Pulse &m_pulse;
    Selection &m_selection;
    QList<gallery::Example> m_examples;
    ExampleRuns *m_runs;
    QLineEdit *m_filter;
    QLabel *m_count;
    QTreeWidget *m_list;
    ExamplePage *m_page;
};

} // namespace coroscope::ui
