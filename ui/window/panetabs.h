// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QBoxLayout;
class QStackedWidget;
class QTabBar;

namespace coroscope::ui {

/// Panes under tabs; beside the tabs stands what belongs to the chosen pane.
class PaneTabs : public QWidget
{
    Q_OBJECT
public:
    explicit PaneTabs(QWidget *parent = nullptr);

    int add(QWidget *pane, const QString &title, QWidget *corner);
    /// After the tabs.
    void addBeside(QWidget *widget);
    void setTitle(QWidget *pane, const QString &title);
    QWidget *current() const;
    void show(QWidget *pane);
    int currentIndex() const;
    void setCurrentIndex(int index);
    QTabBar *bar() const { return m_bar; }

private:
    void showCorner(int index);

    QBoxLayout *m_head;
    QTabBar *m_bar;
    QStackedWidget *m_corners;
    QStackedWidget *m_panes;
};

} // namespace coroscope::ui
